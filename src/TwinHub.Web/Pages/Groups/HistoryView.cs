using TwinHub.Core.Channels;
using TwinHub.Core.Groups;
using TwinHub.Core.People;

namespace TwinHub.Web.Pages.Groups;

/// <summary>A message as the template draws it; empty for the template that the script fills.</summary>
public sealed record MessageView(string? Id, long? Posted, long? Revision, Guid? Author, string? At, Guid? Client, string Hue, string Initials, string Name, string Organisation, string Clock, string Html, bool Joined)
{
    /// <summary>Kinds of lesson it is marked as.</summary>
    public IReadOnlyList<string> Marks { get; init; } = [];

    /// <summary>Where it is marked; null: the reader may not, or there is nothing left of it.</summary>
    public string? MarkAt { get; init; }

    /// <summary>What came with it, in order.</summary>
    public IReadOnlyList<AttachmentView> Files { get; init; } = [];

    /// <summary>Stands where nobody wrote anything.</summary>
    public string? Said { get; init; }

    /// <summary>The script fills it, the address of its mark too.</summary>
    public static MessageView Template(bool mayMark) => new(null, null, null, null, null, null, "slate", "", "", "", "", "", false) { MarkAt = mayMark ? "" : null, Files = [new(null, "", mayMark)] };
}

/// <summary>A row of the history: perhaps a new day, perhaps the line "new since you left", and the message.</summary>
public sealed record HistoryRow(DateOnly? Day, long? FreshCount, MessageView Message);

/// <summary>A stretch of history, oldest first, and where the earlier one ends.</summary>
public sealed record HistoryView(string Slug, IReadOnlyList<HistoryRow> Rows, long? Earlier)
{
    /// <summary>Messages of one author within this time are one block; the script does the same.</summary>
    private static readonly TimeSpan JoinWithin = TimeSpan.FromMinutes(10);

    /// <summary>Draws messages (oldest first) for a reader.</summary>
    /// <param name="readRevision">The line "new since you left" stands after this; null: no line.</param>
    /// <param name="marks">Kinds of lesson by message.</param>
    public static HistoryView Of(GroupDetails group, IReadOnlyList<MessageEvent> messages, bool more, long? readRevision, IReadOnlyDictionary<Guid, IReadOnlyList<string>> marks, Reader reader)
    {
        var sides = new Sides(group, reader.Language);
        var rows = new List<HistoryRow>();
        MessageEvent? before = null;
        var isFresh = (MessageEvent message) => readRevision is { } read && message.Posted > read && message.Author.Id != reader.Id;
        foreach (var message in messages)
        {
            var day = DateOnly.FromDateTime(reader.Local(message.SentAt).DateTime);
            var newDay = before is null || day != DateOnly.FromDateTime(reader.Local(before.SentAt).DateTime);
            long? fresh = isFresh(message) && rows.All(row => row.FreshCount is null) ? messages.Count(isFresh) : null;
            var joined = before is not null && !newDay && fresh is null && before.Author.Id == message.Author.Id && message.SentAt - before.SentAt < JoinWithin;
            var view = View(message, sides, joined, reader) with
            {
                Files = [.. message.Attachments.Select(file => new AttachmentView(file, group.View.Group.Slug, MayMark(group)))],
                Said = AttachmentView.Said(message, reader.W),
            };
            rows.Add(new(newDay ? day : null, fresh, message.Deleted ? view : view with { Marks = marks.GetValueOrDefault(message.MessageId) ?? [], MarkAt = MayMark(group) ? $"/groups/{group.View.Group.Slug}/messages/{message.MessageId}/mark" : null }));
            before = message;
        }
        return new(group.View.Group.Slug, rows, more && messages.Count > 0 ? messages[0].Posted : null);
    }

    /// <summary>Whoever may write here may mark what is written.</summary>
    public static bool MayMark(GroupDetails group) => group.Access.CanWrite && !group.View.Group.IsClosed;

    private static MessageView View(MessageEvent message, Sides sides, bool joined, Reader reader)
    {
        var (hue, organisation) = sides.Of(message.Author);
        return new(message.MessageId.ToString(), message.Posted, message.Revision, message.Author.Id, message.SentAt.ToString("O", System.Globalization.CultureInfo.InvariantCulture), message.ClientMessageId,
            hue, Person.Initials(message.Author.Name), message.Author.Name, organisation, reader.Clock(message.SentAt), message.Deleted ? "" : message.Html, joined);
    }
}

/// <summary>Whose side somebody writes from: hue and organisation in the reader's language.</summary>
public sealed class Sides(GroupDetails group, string language)
{
    public (string Hue, string Organisation) Of(MessageAuthor author)
    {
        var member = group.Members.FirstOrDefault(one => one.PersonId == author.Id);
        var partner = group.View.Partners.FirstOrDefault(one => member is not null ? one.Organisation.Id == member.OrganisationId : one.Organisation.ShortName("en") == author.Organisation);
        return partner is null ? ("slate", author.Organisation ?? "") : (partner.Hue, partner.Organisation.ShortName(language));
    }
}
