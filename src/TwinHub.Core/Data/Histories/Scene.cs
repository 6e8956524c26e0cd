using System.Security.Cryptography;
using System.Text;
using TwinHub.Core.Calendar;
using TwinHub.Core.Groups;
using TwinHub.Core.Networks;
using TwinHub.Core.Organisations;
using TwinHub.Core.People;

namespace TwinHub.Core.Data.Histories;

/// <summary>Somebody who writes in a group, and for whom.</summary>
internal sealed record Actor(Person Person, Guid Organisation);

/// <summary>A message of the group's talk.</summary>
internal sealed record Said(Guid Id, string Body, DateTimeOffset At, Guid Author, Guid? Organisation);

/// <summary>A webinar the group was asked to, and how many came.</summary>
internal sealed record Held(Guid Id, string Title, DateTimeOffset At, int People);

/// <summary>A group on the day the demo is made, with its story: who, when and what there is to tell of.</summary>
internal sealed record Scene(
    Network Network, TwinningGroup Group, DemoStory Story, IReadOnlyList<Organisation> Partners, IReadOnlyList<Actor> Actors, IReadOnlyList<Correspondent> Correspondents,
    IReadOnlyList<Said> Talk, IReadOnlyList<Held> Webinars, Guid Facilitator, DateTimeOffset Now)
{
    public DateOnly Today { get; } = Network.Day(Now);

    public DateOnly StartsOn { get; } = Group.StartsOn ?? Network.Day(Group.CreatedAt);

    public DateOnly Ago(int days) => Today.AddDays(-days);

    /// <summary>Whether something may have happened, or be planned, on a day so long ago.</summary>
    public bool Saw(int ago) => Ago(ago) > StartsOn && ago >= (Story.Until ?? int.MinValue) && !(ago <= 0 && Group.IsClosed);

    /// <summary>A member by address, or one of a partner's, always the same for the same words.</summary>
    public Actor By(string who, string about)
    {
        if (!int.TryParse(who, out var place))
        {
            return Actors.Single(actor => actor.Person.Email.StartsWith(who + "@", StringComparison.Ordinal));
        }
        var side = Partners[place % Partners.Count].Id;
        List<Actor> there = [.. Actors.Where(actor => actor.Organisation == side)];
        return there[Number(Group.Slug + about) % there.Count];
    }

    /// <summary>Some minute of a working day where the person is, and never after now.</summary>
    public DateTimeOffset At(DateOnly day, Person person, string about)
    {
        var local = day.ToDateTime(new TimeOnly(9, 0)).AddMinutes(Number(Group.Slug + about) % 420);
        return Past(ZonedTime.Instant(local, TimeZoneInfo.FindSystemTimeZoneById(person.TimeZone)).ToUniversalTime());
    }

    public DateTimeOffset Past(DateTimeOffset at) => at < Now ? at : Now.AddMinutes(-1);

    /// <summary>A number of two bytes that depends only on the text.</summary>
    public static int Number(string text) => BitConverter.ToUInt16(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
