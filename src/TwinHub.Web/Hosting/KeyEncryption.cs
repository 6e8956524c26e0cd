using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;

namespace TwinHub.Web.Hosting;

/// <summary>Encrypts the data-protection keys in the database with a secret from the environment (AES-256-GCM): a dump alone opens nothing.</summary>
public sealed class KeyEncryptor(HubSettings settings) : IXmlEncryptor
{
    public EncryptedXmlInfo Encrypt(XElement plaintextElement)
    {
        var plain = Encoding.UTF8.GetBytes(plaintextElement.ToString(SaveOptions.DisableFormatting));
        var (nonce, sealedBytes, tag) = (RandomNumberGenerator.GetBytes(12), new byte[plain.Length], new byte[16]);
        using var cipher = new AesGcm(settings.KeySecret!, tag.Length);
        cipher.Encrypt(nonce, plain, sealedBytes, tag);
        return new(new XElement("encryptedKey", Convert.ToBase64String([.. nonce, .. tag, .. sealedBytes])), typeof(KeyDecryptor));
    }
}

/// <summary>Opens what <see cref="KeyEncryptor"/> closed.</summary>
public sealed class KeyDecryptor(IServiceProvider services) : IXmlDecryptor
{
    public XElement Decrypt(XElement encryptedElement)
    {
        var secret = services.GetRequiredService<HubSettings>().KeySecret
            ?? throw new InvalidOperationException("The keys in the database are encrypted; set TwinHub__Keys__Secret.");
        var bytes = Convert.FromBase64String(encryptedElement.Value);
        var plain = new byte[bytes.Length - 28];
        using var cipher = new AesGcm(secret, 16);
        cipher.Decrypt(bytes.AsSpan(0, 12), bytes.AsSpan(28), bytes.AsSpan(12, 16), plain);
        return XElement.Parse(Encoding.UTF8.GetString(plain));
    }
}
