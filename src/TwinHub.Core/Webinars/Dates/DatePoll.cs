namespace TwinHub.Core.Webinars.Dates;

/// <summary>The proposed dates of a webinar and what was answered, for who runs it.</summary>
/// <param name="Dates">Soonest first.</param>
/// <param name="People">Those on the list, in the order of their invitations.</param>
/// <param name="Fresh">How many of them have not been asked yet.</param>
/// <param name="Silent">To how many asking again would write: the fresh ones, and who owes an answer and was not asked lately.</param>
public sealed record DatePoll(WebinarView View, IReadOnlyList<DateColumn> Dates, IReadOnlyList<DateInvitee> People, int Fresh, int Silent);

/// <summary>A proposed date.</summary>
/// <param name="Here">By the clock of the webinar's zone.</param>
/// <param name="Rank">From 1: most yes, then most maybe, then the soonest; null: it has passed.</param>
/// <param name="Warnings">Why it may be a bad one: see <see cref="AudienceWarning"/>; <c>night</c> are local hours before 8:00 or after 20:00.</param>
public sealed record DateColumn(ProposedDate Date, DateMoment Here, DateCounts Counts, int? Rank, IReadOnlyList<AudienceWarning> Warnings);

/// <summary>Answers in numbers.</summary>
/// <param name="Invited">How many are on the list.</param>
public sealed record DateCounts(int Yes, int Maybe, int No, int Invited)
{
    /// <summary>Who has not answered.</summary>
    public int None => Invited - Yes - Maybe - No;

    internal static DateCounts Of(IEnumerable<DateAnswer> answers, int invited)
    {
        var by = answers.ToLookup(answer => answer.Answer);
        return new(by[DateAnswer.Yes].Count(), by[DateAnswer.Maybe].Count(), by[DateAnswer.No].Count(), invited);
    }
}

/// <summary>Somebody on the list.</summary>
/// <param name="Cells">One a date, in the order of the dates.</param>
public sealed record DateInvitee(InvitationView View, IReadOnlyList<DateCell> Cells);

/// <summary>A date for one person.</summary>
/// <param name="Answer"><c>yes</c>, <c>maybe</c> or <c>no</c>; null: none yet.</param>
public sealed record DateCell(string? Answer, DateMoment Local);

/// <summary>The proposed dates as one invitee sees them: their own clock, how many said what, and no names.</summary>
/// <param name="State"><c>open</c>, <c>decided</c>, <c>cancelled</c> or <c>ended</c>: the webinar is over, or none of the dates lies ahead.</param>
/// <param name="Dates">Those ahead, soonest first.</param>
/// <param name="AnsweredAt">When the person last answered; null: not yet.</param>
public sealed record DateReply(WebinarView View, string Name, string Language, string TimeZone, string State, IReadOnlyList<ReplyDate> Dates, DateTimeOffset? AnsweredAt);

/// <summary>A proposed date as one invitee sees it.</summary>
/// <param name="Mine">By the person's own clock and calendar.</param>
/// <param name="Theirs">By the organiser's clock.</param>
/// <param name="Answer">The person's own; null: none yet.</param>
public sealed record ReplyDate(Guid Id, DateMoment Mine, DateMoment Theirs, DateCounts Counts, string? Answer);
