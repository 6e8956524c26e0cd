using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TwinHub.Core;
using TwinHub.Core.Groups;
using TwinHub.Core.Groups.Contributions;
using TwinHub.Web.Pages.Lessons;

namespace TwinHub.Web.Pages.Contributions;

/// <summary>What partners gave each other: two tallies each, what waits for the receiving side, and what was settled.</summary>
public sealed class IndexModel(Reader reader, GroupService groups, ContributionReader contributions, ContributionService service) : PageModel
{
    /// <summary>Settled ones that are in sight; the earlier ones are folded away.</summary>
    public const int InSight = 8;

    public GroupDetails Details { get; private set; } = null!;

    public ContributionPage All { get; private set; } = null!;

    public Refusal? Refused { get; private set; }

    [BindProperty] public ContributionForm Input { get; set; } = new();

    /// <summary>Members write; facilitators and observers read.</summary>
    public bool MayWrite => All.Seat is { MayWrite: true, OrganisationId: not null };

    public bool Receives(Guid receiver) => MayWrite && All.Seat.OrganisationId == receiver;

    /// <summary>What waits for an answer: written by hand or read from records, the newest first.</summary>
    public IReadOnlyList<ContributionRow> Waiting =>
    [
        .. All.Stored.Where(one => one.State == Contribution.Proposed).Select(ContributionRow.Of)
            .Concat(All.Proposed.Select(ContributionRow.Of)).OrderByDescending(row => row.HappenedOn),
    ];

    public IReadOnlyList<ContributionRow> Settled(string state) => [.. All.Stored.Where(one => one.State == state).Select(ContributionRow.Of)];

    public PartnerView? Partner(Guid organisation) => LessonWords.Partner(Details.View, organisation);

    public string City(Guid organisation) => Partner(organisation)?.Organisation.ShortName(reader.Language) ?? reader.W["contributions.gone"];

    public Tally Tally(PartnerView partner) => All.Tallies.GetValueOrDefault(partner.Organisation.Id) ?? Core.Groups.Contributions.Tally.None;

    public int Most => All.Tallies.Values.Select(one => Math.Max(one.Given, one.Gained)).DefaultIfEmpty().Max();

    public IReadOnlyList<(QuarterTallies Quarter, Tally Tally)> Over(PartnerView partner) =>
        [.. All.OverTime.Select(one => (one, one.Partners.GetValueOrDefault(partner.Organisation.Id) ?? Core.Groups.Contributions.Tally.None))];

    public int MostInQuarter => All.OverTime.SelectMany(one => one.Partners.Values).Select(one => Math.Max(one.Given, one.Gained)).DefaultIfEmpty().Max();

    public async Task<IActionResult> OnGet(string slug, CancellationToken cancel)
    {
        var shown = await Show(slug, cancel);
        if (All is not null)
        {
            Input = new() { Id = Guid.CreateVersion7(), HappenedOn = LessonWords.Day(All.Seat.Day(reader.Now)), Giver = All.Seat.OrganisationId, Receiver = Details.View.Partners.Select(one => one.Organisation.Id).FirstOrDefault(one => one != All.Seat.OrganisationId) };
        }
        return shown;
    }

    public async Task<IActionResult> OnPost(string slug, CancellationToken cancel) => await Finish(slug,
        await service.Write(reader.Id, slug, new(Input.Id, Input.Giver, Input.Receiver, Input.Text, LessonWords.Day(Input.HappenedOn)), cancel), cancel);

    /// <param name="key">What <see cref="ContributionRow.Key"/> gave out.</param>
    public async Task<IActionResult> OnPostSettle(string slug, string? key, bool confirmed, CancellationToken cancel) => await Finish(slug,
        ContributionRow.Read(key) is { } which ? await service.Settle(reader.Id, slug, which, confirmed, cancel) : (await contributions.Find(reader.Id, slug, cancel)).Refusal ?? Refusal.NotFound, cancel);

    private async Task<IActionResult> Finish(string slug, Outcome<Guid> outcome, CancellationToken cancel)
    {
        if (outcome.Refusal is not { } refusal)
        {
            TempData["Flash"] = reader.W["form.saved"];
            return Redirect($"/groups/{slug}/register/contributions");
        }
        if (refusal.Code is RefusalCode.NotFound or RefusalCode.NotAllowed)
        {
            return StatusCode(Auth.Problems.Status(refusal.Code));
        }
        (Refused, Response.StatusCode) = (refusal, Auth.Problems.Status(refusal.Code));
        return await Show(slug, cancel);
    }

    private async Task<IActionResult> Show(string slug, CancellationToken cancel)
    {
        var found = await groups.Find(reader.Id, slug, cancel);
        var all = await contributions.Find(reader.Id, slug, cancel);
        if (found.Refusal is not null || all.Refusal is not null)
        {
            return NotFound();
        }
        (Details, All) = (found.Value, all.Value);
        return Page();
    }
}

/// <summary>A contribution as it is typed.</summary>
public sealed class ContributionForm
{
    /// <summary>Made with the form: sent twice, it is one contribution.</summary>
    public Guid Id { get; set; }
    public Guid? Giver { get; set; }
    public Guid? Receiver { get; set; }
    public string? Text { get; set; }
    public string? HappenedOn { get; set; }
}
