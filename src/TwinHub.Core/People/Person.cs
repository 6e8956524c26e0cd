namespace TwinHub.Core.People;

/// <summary>Somebody with a mail address, a language and a time zone (domain, section 2).</summary>
public sealed class Person
{
    private Person() { }

    public Person(string email, string name, string language, string timeZone, DateTimeOffset now)
    {
        (Id, Email, CreatedAt) = (Guid.CreateVersion7(), EmailAddress.Normal(email), now);
        Prefer(name, language, timeZone, "auto");
    }

    public Guid Id { get; private set; }

    /// <summary>Lower case; unique in the installation.</summary>
    public string Email { get; private set; } = "";

    public string Name { get; private set; } = "";
    public string Language { get; private set; } = "en";

    /// <summary>IANA zone.</summary>
    public string TimeZone { get; private set; } = "";

    /// <summary><c>auto</c>, <c>light</c> or <c>dark</c>.</summary>
    public string Scheme { get; private set; } = "auto";

    /// <summary>From outside, invited by address: no organisation, no group, no sign-in.</summary>
    public bool Guest { get; private set; }

    /// <summary>Who invited the guest.</summary>
    public Guid? InvitedBy { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }
    public DateTimeOffset? DisabledAt { get; private set; }

    /// <summary>Somebody from outside whom an organiser invites by address.</summary>
    public static Person GuestOf(Guid invitedBy, string email, string name, string language, string timeZone, DateTimeOffset now) =>
        new(email, name, language, timeZone, now) { Guest = true, InvitedBy = invitedBy };

    /// <summary>A facilitator added the guest to an organisation: from now on a person like all others.</summary>
    public void Join() => Guest = false;

    /// <summary>Sets what a person decides about their own account.</summary>
    public void Prefer(string name, string language, string timeZone, string scheme) =>
        (Name, Language, TimeZone, Scheme) = (name, language, timeZone, scheme);

    public void Disable(DateTimeOffset now) => DisabledAt ??= now;

    /// <summary>Two letters for a face: first letters of the first and the last word of a name.</summary>
    public static string Initials(string name)
    {
        var words = name.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length switch
        {
            0 => "?",
            1 => FirstLetter(words[0]),
            _ => FirstLetter(words[0]) + FirstLetter(words[^1]),
        };
    }

    private static string FirstLetter(string word) =>
        System.Globalization.StringInfo.GetNextTextElement(word).ToUpperInvariant();
}
