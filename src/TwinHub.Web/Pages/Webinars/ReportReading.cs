using TwinHub.Core;
using TwinHub.Core.Groups;
using TwinHub.Core.Webinars.Reports;

namespace TwinHub.Web.Pages.Webinars;

/// <summary>Those invited through one group, or by name from one place, and who of them was there.</summary>
/// <param name="Group">Null: not through a group.</param>
/// <param name="Name">Heading of what is no group.</param>
/// <param name="People">By name, those who were there first.</param>
public sealed record ReportRow(GroupView? Group, string Name, IReadOnlyList<Attendee> People)
{
    public int There => People.Count(one => one.Presence is not null);
}

/// <summary>Everything the report of a webinar shows.</summary>
public sealed record ReportShown(Attendance Attendance, string State, IReadOnlyList<ReportRow> Rows, IReadOnlyList<WebinarMaterial> Materials, SurveyResults Survey)
{
    /// <summary>Documents that may become materials, as a select offers them; those that are one already are left out.</summary>
    public required IReadOnlyList<(string Value, string Text)> Documents { get; init; }

    public bool HasEnded => State == "ended";

    /// <summary>It has begun: there may be somebody to list.</summary>
    public bool HasBegun => State is "live" or "ended";
}

/// <summary>Reads the report of a webinar for who runs it.</summary>
public sealed class ReportReading(AttendanceReader attendances, AfterReader afters, SurveyReader surveys, MinutesTemplate template, FollowUpService followUps)
{
    public async Task<Outcome<ReportShown>> Find(Reader reader, Guid id, CancellationToken cancel)
    {
        var (attendance, survey) = (await attendances.Read(reader.Id, id, cancel), await surveys.Read(reader.Id, id, cancel));
        if ((attendance.Refusal ?? survey.Refusal) is { } refusal)
        {
            return refusal;
        }
        var view = attendance.Value.View;
        var materials = (await afters.Of(reader.Id, view, cancel)).Materials;
        var documents = (await afters.Documents(reader.Id, id, cancel)).Where(document => materials.All(one => one.DocumentId != document.Id));
        return new ReportShown(attendance.Value, view.Webinar.StateAt(reader.Now), Rows(attendance.Value, reader), materials, survey.Value)
        {
            Documents = [.. documents.Select(document => (document.Id.ToString(), document.Name))],
        };
    }

    public Task<Outcome<string>> Template(Guid person, Guid id, CancellationToken cancel) => template.Write(person, id, cancel);

    public Task<Outcome<FollowUpPreview>> Preview(Guid person, Guid id, string language, CancellationToken cancel) => followUps.Preview(person, id, language, cancel);

    /// <summary>Groups by name, then organisations, then guests, as the page of the answers lists them.</summary>
    private static List<ReportRow> Rows(Attendance attendance, Reader reader)
    {
        var rows = attendance.Invited.ToLookup(one => (one.Group, Place: one.Group is not null ? "" : one.Guest ? null : one.Organisation?.In(reader.Language)));
        ReportRow Row(GroupView? group, string name, IEnumerable<Attendee> people) => new(group, name, [.. reader.Sorted(people, one => one.Name).OrderBy(one => one.Presence is null)]);
        return
        [
            .. reader.Sorted(rows.Where(row => row.Key.Group is not null).Select(row => attendance.Groups[row.Key.Group!] is var group ? Row(group, group.Name(reader.Language), row) : null!), row => row.Name),
            .. reader.Sorted(rows.Where(row => row.Key is { Group: null, Place: not null }).Select(row => Row(null, row.Key.Place!, row)), row => row.Name),
            .. rows.Where(row => row.Key is { Group: null, Place: null }).Select(row => Row(null, reader.W["organiser.from-outside"], row)),
        ];
    }
}
