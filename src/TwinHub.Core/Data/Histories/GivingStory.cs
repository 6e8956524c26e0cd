using TwinHub.Core.Facilitation;
using TwinHub.Core.Groups.Contributions;
using TwinHub.Core.Groups.Plan;
using TwinHub.Core.Register;

namespace TwinHub.Core.Data.Histories;

/// <summary>What partners gave each other, what a group says of itself, and what its facilitator wrote to it.</summary>
internal static class GivingStory
{
    /// <summary>What happened less than this many days ago has not been confirmed yet.</summary>
    private const int Recent = 14;

    public static void Tell(TwinHubDb db, Scene scene, Chronicle told)
    {
        foreach (var activity in told.Activities.Select(one => one.Activity).Where(a => a.DoneOn < scene.Ago(Recent) && Scene.Number(a.Title) % 7 != 0))
        {
            db.Contributions.AddRange(Gains(scene, activity));
        }
        db.Contributions.AddRange((scene.Story.Given ?? []).Where(one => scene.Saw(one.Ago)).Select(one => Gift(scene, one)));
        db.RegisterTexts.AddRange(scene.Story.Texts!.Select(text => Own(scene, text.Key, text.Value[0], text.Value[1])));
        if (scene.Story.Nudge is { } nudge)
        {
            var to = scene.By(nudge.To, "").Person;
            db.Nudges.Add(new(scene.Network.Id, scene.Group.Id, to.Id, scene.Facilitator, new(NudgeSubject.Message, scene.Group.Id), nudge.Text, null, scene.At(scene.Ago(nudge.Ago), to, nudge.Text)));
        }
    }

    private static IEnumerable<Contribution> Gains(Scene scene, Activity activity) =>
        scene.Partners.Select((partner, place) => (partner, place)).Where(one => one.partner.Id != activity.OrganisationId).Select(one =>
        {
            var (by, done) = (scene.By($"{one.place}", activity.Title).Person, activity.DoneOn!.Value);
            var gain = new Contribution(scene.Group.Id, activity.OrganisationId!.Value, one.partner.Id, activity.Title, done, new("activity", activity.Id), null, scene.At(done, by, activity.Title));
            gain.Settle(true, by.Id, scene.At(done.AddDays(2 + (Scene.Number(activity.Title) % 11)), by, "settled"));
            return gain;
        });

    private static Contribution Gift(Scene scene, StoryGift one)
    {
        var (by, day) = (scene.By(one.By, one.Text), scene.Ago(one.Ago));
        var receiver = scene.Partners.Select((partner, place) => (partner, place)).First(other => other.partner.Id != by.Organisation);
        var gift = new Contribution(scene.Group.Id, by.Organisation, receiver.partner.Id, one.Text, day, null, by.Person.Id, scene.At(day, by.Person, one.Text));
        if (one.Ago > Recent)
        {
            var thanks = scene.By($"{receiver.place}", one.Text).Person;
            gift.Settle(true, thanks.Id, scene.At(day.AddDays(4), thanks, one.Text));
        }
        return gift;
    }

    private static RegisterText Own(Scene scene, string field, string who, string text)
    {
        var by = scene.By(who, field).Person;
        var written = scene.Ago(20 + (Scene.Number(scene.Group.Slug + field) % 60));
        return new(scene.Group.Id, field, text, by.Id, scene.At(written > scene.StartsOn ? written : scene.StartsOn, by, text));
    }
}
