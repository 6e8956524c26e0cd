using TwinHub.Core.Groups;
using TwinHub.Core.Groups.Plan;
using TwinHub.Core.Networks;

namespace TwinHub.Core.Register;

/// <summary>A group's entry in the register of its network (domain, section 5): what its records tell, and what it says of itself.</summary>
/// <param name="MayEdit">The person who asked may write the texts.</param>
public sealed record RegisterEntry(GroupView View, bool MayEdit)
{
    /// <summary>The network's fields that no record fills, in its order; unwritten ones are empty.</summary>
    public required IReadOnlyList<FieldText> Texts { get; init; }

    /// <summary>What has begun or is done, the newest first.</summary>
    public required IReadOnlyList<Activity> Activities { get; init; }

    /// <summary>Good practices and lessons of all time, the newest first.</summary>
    public required IReadOnlyList<NotedLesson> Noted { get; init; }

    /// <summary>One a partner, in the order of the partners.</summary>
    public required IReadOnlyList<RegisterContact> Contacts { get; init; }

    /// <summary>Every quarter that has opened, the newest first.</summary>
    public required IReadOnlyList<RegisteredQuarter> Quarters { get; init; }

    /// <summary>The quarter asked for, else the newest submitted one; null: none was submitted.</summary>
    public required SubmittedQuarter? Shown { get; init; }

    /// <summary>The fields of a template that people write: all but those that activities, lessons and members fill.</summary>
    public static IEnumerable<TemplateItem> Written(NetworkTemplate template) =>
        template.RegisterFields.Where(field => field.Key is not ("activities" or "good_practices" or "lessons_learned" or "contact"));

    public IEnumerable<NotedLesson> Of(string kind) => Noted.Where(one => one.Kind == kind);
}

/// <summary>A field and what a group says in it.</summary>
/// <param name="Text">Empty: nothing yet.</param>
public sealed record FieldText(TemplateItem Field, string Text);

/// <summary>Whom to ask at a partner; without a person nobody is named.</summary>
public sealed record RegisterContact(PartnerView Partner, string? Name, string? Email);

/// <summary>A quarter as it was submitted.</summary>
/// <param name="Number">The how-manieth of the group's submitted quarters, from 1.</param>
/// <param name="Items">Its lines in order, without those left out.</param>
public sealed record SubmittedQuarter(RegisteredQuarter Facts, int Number, UpdateTexts Texts, IReadOnlyList<UpdateItem> Items);
