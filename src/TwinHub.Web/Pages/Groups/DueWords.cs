using Microsoft.AspNetCore.Html;
using TwinHub.Core.Register;
using TwinHub.Core.Reminders;
using TwinHub.Core.Text;

namespace TwinHub.Web.Pages.Groups;

/// <summary>What is due in words: what, whose turn, by when.</summary>
public sealed record DueWords(string Kind, Owed Owed, string Slug)
{
    /// <summary>Where it is done.</summary>
    public string Path => Kind == RegisterChase.KindName ? $"/groups/{Slug}/register/{Owed.Topic}" : $"/groups/{Slug}/reviews/{Owed.SubjectId}";

    public string What(Words words) => Kind == RegisterChase.KindName
        ? words.Say("due.register", ("quarter", words.QuarterHead(Quarter.Parse(Owed.Topic, Owed.Network.YearStartsIn)!.Value)))
        : Owed.Topic.Length == 0 ? words["due.final-review"] : words.Say("due.review", ("title", Owed.Topic));

    public bool IsOver(DateTimeOffset now) => Owed.Network.Day(now) > Owed.DueOn;

    /// <summary>One line for the group's header.</summary>
    public IHtmlContent Line(Guid reader, DateTimeOffset now, Words words) => IsOver(now)
        ? words.HtmlCount("due.over", Owed.Network.Day(now).DayNumber - Owed.DueOn.DayNumber, ("what", What(words)))
        : words.Html(Owed.Person is null ? "due.nobody" : Owed.Person.Id == reader ? "due.yours" : "due.theirs", ("what", What(words)), ("date", words.ShortDate(Owed.DueOn)), ("name", Owed.Person?.Name));
}
