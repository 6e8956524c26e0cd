using TwinHub.Core.Groups;
using TwinHub.Core.Mail;
using TwinHub.Core.Networks;
using TwinHub.Core.People;

namespace TwinHub.Core.Facilitation;

/// <summary>What a facilitator wants to call to mind.</summary>
/// <param name="Groups">By slug; all of one network.</param>
/// <param name="Items">Of what these groups owe, only this (<see cref="OwedItem.Key"/>); null: all of it.</param>
/// <param name="Text">A sentence of the facilitator's own, at most 1,000 characters; empty: none.</param>
public sealed record NudgeRequest(IReadOnlyList<string> Groups, IReadOnlyList<string>? Items, string? Text);

/// <summary>A mail as it would go out now.</summary>
/// <param name="Letter">Null: nobody of the partner can be asked.</param>
/// <param name="IsToday">The person has had a nudge about this today already, and gets no second one.</param>
public sealed record NudgeMail(OwedItem Item, Letter? Letter, bool IsToday)
{
    public bool Goes => Letter is not null && !IsToday;
}

/// <summary>Everything that would be sent, and what would not.</summary>
public sealed record NudgeDraft(Network Network, IReadOnlyList<GroupView> Groups, string Text, IReadOnlyList<NudgeMail> Mails)
{
    public IReadOnlyList<NudgeMail> Going => [.. Mails.Where(mail => mail.Goes)];
}

/// <summary>Who sends, to what, with which words.</summary>
public sealed record NudgeContext(Network Network, Person Facilitator, string Text, DateOnly Today);
