using TwinHub.Core.Groups;
using TwinHub.Core.Lessons;

namespace TwinHub.Web.Pages.Lessons;

/// <summary>A lesson as it stands on a page.</summary>
/// <param name="MayWrite">Whether the reader may change it.</param>
/// <param name="Alone">On a page of its own, where it is changed; in the list it leads there.</param>
public sealed record LessonCard(GroupView View, LessonView Lesson, bool MayWrite, bool Alone)
{
    public string Address => $"/groups/{View.Group.Slug}/register/lessons/{Lesson.Lesson.Id}";
}
