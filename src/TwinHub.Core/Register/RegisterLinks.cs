using TwinHub.Core.Data;
using TwinHub.Core.People;

namespace TwinHub.Core.Register;

/// <summary>Makes the links in the mails of the register: what they do is <see cref="OneStepService"/>'s.</summary>
public sealed class RegisterLinks(SignInOptions options, TimeProvider time)
{
    /// <summary>A new link for a mail about an update, in its transaction.</summary>
    internal string Link(TwinHubDb db, Guid person, Guid update)
    {
        var token = Secret.New();
        db.PersonLinks.Add(new(Secret.Hash(Secret.Register, token), person, Secret.Register, update, null, time.GetUtcNow()));
        return $"{options.BaseUrl}/updates/{token}";
    }
}
