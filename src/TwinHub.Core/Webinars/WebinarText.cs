using TwinHub.Core.Mail;
using TwinHub.Core.Text;
using TwinHub.Core.Webinars.Dates;

namespace TwinHub.Core.Webinars;

/// <summary>What the mails about a webinar say to one invitee, in their language and zone. What people wrote reaches a guest without links (invitations, Decided).</summary>
/// <param name="room">The page of the room; before and after its time it leads to the webinar's own.</param>
internal sealed class WebinarText(WebinarMail mail, string room)
{
    private readonly WebinarClock _clock = new(mail.Webinar, Texts.Shared.For(mail.Invitee.Language), mail.Invitee.TimeZone);

    public Words Words => Texts.Shared.For(mail.Invitee.Language);

    public string Room => room;

    /// <summary>"[HMLN Webinar] Twinning Arrangements".</summary>
    public string Title => Written(Webinar.FullTitle(mail.Network.Tag, mail.Webinar.Title));

    public string Name => Written(mail.Invitee.Name);

    private string Organiser => Written(mail.Organiser.Name);

    private string Network => mail.Network.Names.In(mail.Invitee.Language);

    /// <summary>A sentence about who asks to what, and when.</summary>
    public string Sentence(string key) =>
        Words.Isolated(key, ("organiser", Organiser), ("network", Network), ("title", Title), ("date", _clock.Date), ("time", _clock.Time));

    /// <summary>A line without controls, as subjects are.</summary>
    public string Subject(string key) => Words.Say(key, ("title", Title));

    public IEnumerable<LetterFact> Times => _clock.Facts(mail.Organiser.TimeZone);

    /// <summary>Candidate times by the reader's clock, one a line.</summary>
    public LetterFact Proposed(IEnumerable<ProposedDate> dates) =>
        new(Words["webinar-mail.dates.fact"], string.Join('\n', dates.Select(date => $"• {WebinarClock.Moment(date.StartsAt, Words, mail.Invitee.TimeZone)}")));

    public IEnumerable<LetterFact> Places(bool meeting) =>
    [
        .. Fact("place", Written(mail.Webinar.Location)),
        .. Fact("meeting", meeting ? mail.Webinar.JoinUrl ?? "" : "", isLink: true),
        // A guest cannot sign in and so not open the page: the reminder brings them into the room.
        .. Fact("room", mail.Invitee.Guest ? "" : room, isLink: true),
    ];

    public IEnumerable<LetterFact> Contents =>
    [
        .. Fact("organiser", Words.Say("webinar-mail.organiser", ("organiser", Organiser), ("network", Network))),
        .. Fact("audience", Written(mail.Webinar.Audience)),
        .. Fact("aims", string.Join('\n', mail.Webinar.Aims.Select(aim => $"• {Written(aim)}"))),
        .. Fact("context", Written(mail.Webinar.Context)),
    ];

    /// <summary>
    /// The text beside the event in a calendar. Calendars are shared with colleagues: it holds no link that answers for the
    /// person, and no time that another zone would make wrong.
    /// </summary>
    public string Description => string.Join("\n\n",
        [Words["webinar-mail.only"], .. Contents.Concat(Places(meeting: true)).Select(fact => $"{Words.Say("mail.label", ("label", fact.Label))}\n{fact.Value}")]);

    /// <summary>What somebody wrote, as this reader may have it.</summary>
    public string Written(string text) => mail.Invitee.Guest ? FreeText.WithoutLinks(text, Words["webinar-mail.link"]) : text;

    private IEnumerable<LetterFact> Fact(string name, string value, bool isLink = false) =>
        value.Length == 0 ? [] : [new(Words[$"webinar-mail.fact.{name}"], value, isLink)];
}
