using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Html;
using TwinHub.Core;
using TwinHub.Core.Channels;
using TwinHub.Core.Groups;
using TwinHub.Core.Lessons;
using TwinHub.Core.People;
using TwinHub.Core.Text;
using TwinHub.Realtime;
using TwinHub.Web.Pages.Lessons;

namespace TwinHub.Web.Pages.Groups;

/// <summary>What the discussion's script needs: who is who, where it stands, and every word it may show, in the reader's language.</summary>
public sealed class ChannelData(HubLimits limits, LineOptions line)
{
    /// <summary>The default encoder escapes what could end a script block.</summary>
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.Default };

    public IHtmlContent Describe(GroupDetails group, IReadOnlyList<MessageEvent> messages, bool more, Reader reader)
    {
        var channel = group.View.Talk;
        var viewer = reader.Viewer!;
        var sides = new Sides(group, reader.Language);
        var (hue, organisation) = sides.Of(new MessageAuthor(viewer.PersonId, viewer.Name, null));
        return new HtmlString(JsonSerializer.Serialize(new
        {
            channelId = channel.Id, groupSlug = group.View.Group.Slug,
            revision = messages.Count == 0 ? 0 : messages.Max(message => message.Revision),
            readRevision = group.ReadRevision, oldestPosted = messages.Count == 0 ? (long?)null : messages[0].Posted, hasEarlier = more,
            canWrite = group.Access.CanWrite && !group.View.Group.IsClosed, hub = RealtimeSetup.HubPath, silence = (int)line.Silence.TotalMilliseconds,
            timeZone = viewer.TimeZone, language = reader.Language, today = reader.Today,
            me = new { id = viewer.PersonId, name = viewer.Name, initials = Person.Initials(viewer.Name), hue, organisation },
            members = group.Members.ToDictionary(member => member.PersonId, member =>
            {
                var side = sides.Of(new MessageAuthor(member.PersonId, member.Name, null));
                return new { name = member.Name, initials = Person.Initials(member.Name), hue = side.Hue, organisation = side.Organisation, online = member.Online };
            }),
            limits = new { message = limits.Message, lines = limits.MessageLines },
            texts = Texts(reader.W),
            files = new { script = reader.Asset("dist/files.js"), most = MessageAttachment.Most, icons = AttachmentView.Icons, texts = FileTexts(reader.W) },
        }, Json));
    }

    private static object FileTexts(Words w) => new
    {
        shared = Plurals.Forms(w.Language).ToDictionary(form => form, form => w["attachments.shared." + form]), version = w["attachments.version"], documentGone = w["attachments.document-gone"],
        sizes = new[] { w["size.kilobytes"], w["size.megabytes"], w["size.gigabytes"] }, percent = w["number.percent"], decimalMark = w.Number(0.5m, 1)[1..2],
        remove = w["attachments.remove"], waiting = w["attachments.waiting"], sending = w["attachments.sending"], preparing = w["attachments.preparing"], ready = w["attachments.ready"],
        lost = w["attachments.lost"], tooMany = w["attachments.too-many"], sendFull = w["attachments.send-full"], sendingFull = w["attachments.sending-full"],
    };

    private static object Texts(Words w) => new
    {
        pending = w["talk.pending"], failed = w["talk.failed"], tryAgain = w["talk.try-again"], remove = w["talk.remove"],
        newSince = Plurals.Forms(w.Language).ToDictionary(form => form, form => w["talk.new-since." + form]),
        jump = w["talk.jump"], typingOne = w["talk.typing-one"], typingMany = w["talk.typing-many"], online = w["talk.online"], offline = w["talk.offline"],
        connecting = w["talk.connecting"], backOnline = w["talk.back-online"], tooLong = w["error.message.too_long"], tooManyLines = w["error.message.too_long"],
        evicted = w["talk.evicted"], deleted = w["talk.deleted"], marks = Lesson.Kinds.ToDictionary(kind => kind, kind => new { words = w["lesson." + kind], icon = LessonWords.Icon(kind) }),
        weekdays = Enumerable.Range(0, 7).Select(day => w.Weekday((DayOfWeek)day)), months = Enumerable.Range(1, 12).Select(month => w[$"month.{month}"]),
        dayPattern = w["date.heading"], dayPatternYear = w["date.long"], firstDay = w["date.first_day"],
    };
}
