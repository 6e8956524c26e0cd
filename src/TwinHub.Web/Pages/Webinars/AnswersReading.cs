using TwinHub.Core;
using TwinHub.Core.Groups;
using TwinHub.Core.Mail;
using TwinHub.Core.Networks;
using TwinHub.Core.Webinars;

namespace TwinHub.Web.Pages.Webinars;

/// <summary>Everything the page of a webinar's answers shows.</summary>
/// <param name="Host">Whom the reader may invite; null: nobody any more.</param>
public sealed record AnswersShown(
    WebinarView View, string State, AnswerCounts Counts, IReadOnlyList<InvitationView> Invitations, IReadOnlyList<AnswerRow> Rows, IReadOnlyList<InvitationLogView> Log, HostView? Host)
{
    /// <summary>Something can still be changed.</summary>
    public bool IsOpen => State is not ("cancelled" or "ended");

    public bool IsAnnounced => View.Webinar.State == Webinar.Scheduled;
}

/// <summary>Reads a webinar's answers for who runs it.</summary>
public sealed class AnswersReading(WebinarReader webinars, AnswerCounter counter, NetworkService networks, HostReader hosts, LetterPreview letters)
{
    private const int MostPeople = 10_000, LogLines = 200;

    public async Task<Outcome<AnswersShown>> Find(Reader reader, Guid id, CancellationToken cancel)
    {
        var view = await webinars.Find(reader.Id, id, cancel);
        if (view.Refusal is { } hidden)
        {
            return hidden;
        }
        if (!view.Value.Runs)
        {
            return Refusal.NotAllowed;
        }
        var network = view.Value.Network;
        var (invited, log) = (await webinars.Invitations(reader.Id, id, null, MostPeople, cancel), await webinars.Log(reader.Id, id, LogLines, cancel));
        var (counts, host) = (await counter.Count(reader.Id, id, cancel), await hosts.Find(reader.Id, network.Slug, cancel));
        if ((invited.Refusal ?? log.Refusal ?? counts.Refusal) is { } refusal)
        {
            return refusal;
        }
        var rows = Rows(invited.Value, (await networks.Groups(network.Id, cancel)).ToDictionary(group => group.Group.Slug), reader);
        return new AnswersShown(view.Value, view.Value.Webinar.StateAt(reader.Now), counts.Value, invited.Value, rows, log.Value, host.Refusal is null ? host.Value : null);
    }

    public Task<Outcome<AnswerCounts>> Count(Guid person, Guid id, CancellationToken cancel) => counter.Count(person, id, cancel);

    public Task<List<NetworkPerson>> People(Guid network, CancellationToken cancel) => networks.People(network, null, 5_000, cancel);

    public Task<Outcome<Letter>> Nudge(Guid person, Guid id, string language, CancellationToken cancel) => letters.Show(person, id, language, nudge: true, cancel);

    /// <summary>Groups by name, then organisations, then guests; within each the people by name.</summary>
    internal static List<AnswerRow> Rows(IEnumerable<InvitationView> invited, Dictionary<string, GroupView> groups, Reader reader)
    {
        var rows = invited.ToLookup(one => (one.Group, Place: one.Group is not null ? "" : one.Guest ? null : one.Organisation?.In(reader.Language)));
        AnswerRow Row(GroupView? group, string name, IEnumerable<InvitationView> people) => new(group, name, reader.Sorted(people, one => one.Name));
        return
        [
            .. reader.Sorted(rows.Where(row => row.Key.Group is not null).Select(row => Row(groups[row.Key.Group!], groups[row.Key.Group!].Name(reader.Language), row)), row => row.Name),
            .. reader.Sorted(rows.Where(row => row.Key is { Group: null, Place: not null }).Select(row => Row(null, row.Key.Place!, row)), row => row.Name),
            .. rows.Where(row => row.Key is { Group: null, Place: null }).Select(row => Row(null, reader.W["organiser.from-outside"], row)),
        ];
    }
}
