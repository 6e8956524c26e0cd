using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Facilitation;
using TwinHub.Core.Groups.Contributions;
using TwinHub.Core.Networks;
using TwinHub.Core.Register;
using TwinHub.Core.Text;
using TwinHub.Core.Webinars.Reports;
using TwinHub.Tests.Support;
using TwinHub.Tests.Web.Pages.Webinars;
using Xunit;

namespace TwinHub.Tests.Core.Documents;

/// <summary>What the records of a group say of its documents: register, contributions, signs of life, history, webinars.</summary>
public sealed class DocumentsInRecordsTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    private TestHub Hub => fixture.Hub;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Few_documents_of_a_quarter_have_a_line_each_many_share_one_and_what_was_changed_stands()
    {
        const string slug = "duhok-mardin", quarter = "2020-Q3", jihan = "jihan.doski@duhok.example.org";
        // In an update only of quarters in which the group was there.
        await Hub.Execute("update twinning_groups set starts_on = '2019-01-01' where slug = $1", slug);
        await Hub.OpenUpdate(slug, quarter);
        var (old, first) = (await Hub.ShareText(jihan, "Before.md", slug), await Hub.ShareText(jihan, "First.md", slug));
        await Hub.SharedOn(old, -200);
        await Hub.SharedOn(first, -60);
        // Not of the quarter: after its end, in the bin.
        await Hub.ShareText(jihan, "After.md", slug);
        var binned = await Hub.ShareText(jihan, "Binned.md", slug);
        await Hub.SharedOn(binned, -60);
        await Hub.Execute("update documents set deleted_at = now(), deleted_by = created_by where id = $1", binned);
        Assert.Equal(["New document: First.md"], await Lines(jihan, slug, quarter, "en"));
        Assert.Equal(["وثيقة جديدة: First.md"], await Lines(jihan, slug, quarter, "ar"));

        await Hub.Execute("insert into document_versions select document_id, 2, hash, size, file_name, person_id, organisation_id, now() - interval '50 days' from document_versions where document_id = $1", old);
        await Hub.Execute("update documents set version = 2, changed_at = now() - interval '50 days' where id = $1", old);
        Assert.Equal(["New document: First.md", "New version of a document: Before.md"], await Lines(jihan, slug, quarter, "en"));

        var kept = await Keep(jihan, slug, quarter, first, "The first outline");
        Assert.Null(kept.Refusal);
        foreach (var name in new[] { "A.md", "B.md", "C.md" })
        {
            await Hub.SharedOn(await Hub.ShareText(jihan, name, slug), -40);
        }
        Assert.Equal(["The first outline", "4 documents new or renewed, among them: A.md · B.md · C.md"], await Lines(jihan, slug, quarter, "en"));
        Assert.Equal(["The first outline", "4 yeni ya da güncellenmiş belge; aralarında: A.md · B.md · C.md"], await Lines(jihan, slug, quarter, "tr"));

        // Submitted, it says what it said, whatever becomes of the documents; all of the network read it then.
        Assert.Null((await Hub.Get<RegisterService>().Save(await Hub.PersonId(jihan), slug, quarter, new("page", null, "en"), Cancel)).Refusal);
        await Hub.SharedOn(await Hub.ShareText(jihan, "Late.md", slug), -40);
        Assert.Equal(["The first outline", "4 documents new or renewed, among them: A.md · B.md · C.md"], await Lines(People.Rana, slug, quarter, "en"));
    }

    [Fact]
    public async Task A_document_a_partner_added_is_offered_as_given_to_the_others_and_pictures_and_facilitators_files_are_not()
    {
        var given = await Hub.ShareText(People.Selin, "Stamp rules.md");
        var (picture, facilitators) = (await Hub.ShareText(People.Selin, "Photo.md"), await Hub.ShareText(People.Claire, "Letter.md"));
        await Hub.Execute("update file_contents set type = 'image/png' where hash = (select hash from documents where id = $1)", picture);
        var page = (await Hub.Get<ContributionReader>().Find(await Hub.PersonId(People.Rana), People.TheirGroup, Cancel)).Value;
        var one = Assert.Single(page.Proposed, proposed => proposed.Source.Id == given);
        Assert.Equal((ContributionSource.Document, await Hub.Side(People.Selin), await Hub.Side(People.Rana), "Stamp rules.md"), (one.Source.Kind, one.GiverId, one.ReceiverId, one.Text));
        Assert.DoesNotContain(page.Proposed, proposed => proposed.Source.Id == picture || proposed.Source.Id == facilitators);

        var key = new ContributionKey(Guid.Empty, one.Source, one.GiverId, one.ReceiverId);
        Assert.Null((await Hub.Get<ContributionService>().Settle(await Hub.PersonId(People.Rana), People.TheirGroup, key, true, Cancel)).Refusal);
        Assert.Equal(1, await Hub.Db(db => db.Contributions.CountAsync(c => c.SourceId == given && c.SourceKind == "document" && c.State == Contribution.Confirmed, Cancel)));
    }

    [Fact]
    public async Task Documents_of_members_are_signs_of_life_those_of_facilitators_are_not_and_both_stand_in_the_history()
    {
        const string slug = "ramtha-tyre";
        var claire = await Hub.PersonId(People.Claire);
        async Task<DateTimeOffset?> Last() => (await Hub.Get<BoardReader>().ReadOne(claire, "hmln", slug, Cancel)).Value.Rows.Single().LastSign;
        var before = await Last();
        await Hub.ShareText(People.Claire, "Of the facilitator.md", slug);
        Assert.Equal(before, await Last());
        await Hub.ShareText("zeina.chour@tyre.example.org", "Of a member.md", slug);
        Assert.True(await Last() > before);

        using var browser = await Hub.Browser(People.Claire);
        var page = (await (await browser.Get($"/facilitate/{slug}/history")).Document()).Words(".told");
        Assert.All(["Of a member.md", "Zeina Chour", "Of the facilitator.md", "Claire Fabre"], one => Assert.Contains(one, page, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_document_of_an_invited_group_goes_with_a_webinar_for_those_who_can_open_it()
    {
        var (ours, theirs) = (await Hub.ShareText(People.Rana, "Outline.md"), await Hub.ShareText(People.Lina, "Elsewhere.md", People.OtherGroup));
        var webinar = await Hub.Stage("Reading a market", Hub.InDays(-1));
        var (selin, group) = (await Hub.PersonId(People.Selin), await Hub.GroupId(People.TheirGroup));
        await Hub.Change(db => Task.FromResult(db.Invitations.Add(new(webinar, selin, group, null, 0, Hub.Now())).Entity.Id));
        await Hub.Invite(webinar, "hala.obeidat@zarqa.example.org");
        var report = $"/webinars/{webinar}/report";
        using var claire = await Hub.Browser(People.Claire);
        var choices = (await (await claire.Get(report)).Document()).QuerySelectorAll("#Document option").Select(one => one.GetAttribute("value"));
        Assert.Contains(ours.ToString(), choices);
        Assert.DoesNotContain(theirs.ToString(), choices);

        using var bad = await claire.PostForm(report, report + "?handler=document", ("Document", theirs.ToString()));
        Assert.NotNull((await bad.Document(System.Net.HttpStatusCode.BadRequest)).QuerySelector("#Document-error"));
        foreach (var _ in new[] { 1, 2 })
        {
            using var added = await claire.PostForm(report, report + "?handler=document", ("Document", ours.ToString()));
            Assert.Equal(report, added.Headers.Location?.ToString());
        }
        Assert.Equal(1, await Hub.Db(db => db.WebinarMaterials.CountAsync(m => m.WebinarId == webinar, Cancel)));
        Assert.True(await Sees(People.Selin, webinar, ours));
        Assert.False(await Sees("hala.obeidat@zarqa.example.org", webinar, ours));

        Assert.Null((await Hub.Get<FollowUpService>().Send(await Hub.PersonId(People.Claire), webinar, Cancel)).Refusal);
        var mails = await Hub.Db(db => db.Emails.Where(e => e.Kind == "follow-up").Select(e => new { e.Recipient, e.Content }).ToListAsync(Cancel));
        Assert.Contains($"/documents/{ours}", SignIns.Text(mails.Single(mail => mail.Recipient == People.Selin).Content), StringComparison.Ordinal);
        Assert.DoesNotContain("Outline.md", SignIns.Text(mails.Single(mail => mail.Recipient == "hala.obeidat@zarqa.example.org").Content), StringComparison.Ordinal);

        await Hub.Execute("update documents set deleted_at = now(), deleted_by = created_by where id = $1", ours);
        Assert.False(await Sees(People.Selin, webinar, ours));
    }

    private async Task<bool> Sees(string email, Guid webinar, Guid document)
    {
        using var browser = await Hub.Browser(email);
        return (await (await browser.Get($"/webinars/{webinar}")).Document()).QuerySelector($"a[href='/documents/{document}']") is not null;
    }

    private async Task<List<string>> Lines(string email, string slug, string quarter, string language)
    {
        var found = (await Hub.Get<UpdateReader>().Find(await Hub.PersonId(email), slug, quarter, Cancel)).Value;
        return [.. found.Updates.Single().Lines.Where(line => line.Kind == "document").Select(line => line.Tell(Texts.Shared.For(language), NetworkTemplate.Of("hosts")))];
    }

    private async Task<TwinHub.Core.Outcome<QuarterlyUpdate>> Keep(string email, string slug, string quarter, Guid document, string text) =>
        await Hub.Get<RegisterService>().Save(await Hub.PersonId(email), slug, quarter, new("page", null, "en") { Submit = false, Lines = [new($"doc-{document:N}", text)] }, Cancel);
}
