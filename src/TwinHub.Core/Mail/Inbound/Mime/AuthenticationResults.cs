namespace TwinHub.Core.Mail.Inbound.Mime;

/// <summary>What the own mail server found out about where a mail comes from (RFC 8601).</summary>
/// <param name="Results">The first result of each method, such as dmarc → pass, in lower case.</param>
public sealed record AuthenticationResults(IReadOnlyDictionary<string, string> Results)
{
    private const int Most = 50;

    /// <summary>The domain in From vouches for the mail (RFC 7489).</summary>
    public bool IsDmarcPass => Results.TryGetValue("dmarc", out var result) && result == "pass";

    /// <summary>
    /// The newest field of that name above the first Received: the topmost Received is the own server's, and everything below
    /// it was there before the mail arrived, so that anybody may have written it.
    /// </summary>
    internal static AuthenticationResults? Read(MimeHeaders headers, string authservId)
    {
        if (authservId.Length == 0)
        {
            return null;
        }
        foreach (var header in headers)
        {
            if (header.Name.Equals("Received", StringComparison.OrdinalIgnoreCase))
            {
                return null;
            }
            if (header.Name.Equals("Authentication-Results", StringComparison.OrdinalIgnoreCase) && Of(header.Raw, authservId) is { } results)
            {
                return results;
            }
        }
        return null;
    }

    /// <returns>Null: another server's field.</returns>
    private static AuthenticationResults? Of(string raw, string authservId)
    {
        var text = new Scanner(raw);
        // After the name a version may stand; the only one is 1.
        var words = text.Until(';').Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        if (words is not ([_] or [_, "1"]) || !words[0].Equals(authservId, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }
        var results = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < Most && text.Skip(';'); i++)
        {
            var pair = text.Until(';').Replace(" =", "=", StringComparison.Ordinal).Replace("= ", "=", StringComparison.Ordinal)
                .Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries).FirstOrDefault()?.Split('=');
            if (pair is [var method, var result])
            {
                results.TryAdd(method.Split('/')[0], result.ToLowerInvariant());
            }
        }
        return new(results);
    }
}
