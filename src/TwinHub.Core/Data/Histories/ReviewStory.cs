using TwinHub.Core.Reviews;

namespace TwinHub.Core.Data.Histories;

/// <summary>The reviews of milestones: complete and concluded, sealed with one answer in, or overdue.</summary>
internal static class ReviewStory
{
    private const int OpensBefore = 30;

    public static void Tell(TwinHubDb db, Scene scene, Chronicle told)
    {
        foreach (var (one, place) in scene.Story.Milestones!.Select((one, place) => (one, place)).Where(one => scene.Saw(one.one.Ago)))
        {
            var due = scene.Ago(one.Ago);
            var by = scene.By(one.By, one.Title).Person;
            var review = new MilestoneReview(scene.Group.Id, told.Milestones.GetValueOrDefault(place)?.Id, due.AddDays(-OpensBefore), due, scene.At(PlanStory.Planned(scene, due), by, one.Title));
            told.Reviews[place] = review;
            db.MilestoneReviews.Add(review);
            Answer(db, scene, told, review, one, place);
        }
    }

    private static void Answer(TwinHubDb db, Scene scene, Chronicle told, MilestoneReview review, StoryMilestone one, int place)
    {
        // A pool has answers for more partners than some groups have.
        var answers = (one.Answers ?? []).Where(answer => !int.TryParse(answer.Key, out var side) || side < scene.Partners.Count)
            .Select(answer => (By: scene.By(answer.Key, one.Title), answer.Value)).Select(answer => (answer.By, answer.Value, At: When(scene, review, answer.By))).ToList();
        if (answers.Count == 0)
        {
            return;
        }
        db.ReviewPartners.AddRange(scene.Partners.Select(partner => new ReviewPartner(review.Id, partner.Id)));
        db.ReviewAnswers.AddRange(answers.Select(answer => new ReviewAnswer(review.Id, answer.By.Organisation, answer.By.Person.Id, answer.Value[0], answer.Value[1], late: false, answer.At)));
        db.ReviewRatings.AddRange(answers.SelectMany(answer => told.Objectives.Select((objective, number) => new ReviewRating(review.Id, answer.By.Organisation, objective.Id, Rating(place, number + answer.By.Person.Name.Length)))));
        if (answers.Count == scene.Partners.Count)
        {
            review.Complete(answers.Max(answer => answer.At));
            Conclude(scene, review, one);
        }
    }

    private static void Conclude(Scene scene, MilestoneReview review, StoryMilestone one)
    {
        if (one.Conclusion is [var who, var text])
        {
            var by = scene.By(who, one.Title).Person;
            review.Conclude(text, by.Id, scene.At(scene.Network.Day(review.CompleteAt!.Value).AddDays(1), by, text));
        }
    }

    /// <summary>In the last weeks before the due day, or, where that lies ahead, some days ago.</summary>
    private static DateTimeOffset When(Scene scene, MilestoneReview review, Actor by)
    {
        var number = Scene.Number(scene.Group.Slug + by.Person.Email);
        var day = review.DueOn < scene.Today ? review.DueOn.AddDays(-3 - (number % 14)) : scene.Today.AddDays(-2 - (number % 4));
        return scene.At(day < review.OpensOn ? review.OpensOn : day, by.Person, review.DueOn.DayNumber + by.Person.Email);
    }

    /// <summary>Progress grows from review to review, and not everybody sees it alike.</summary>
    private static int Rating(int place, int number) => Math.Min(4, 1 + place + (number % 2));
}
