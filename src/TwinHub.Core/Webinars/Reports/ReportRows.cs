namespace TwinHub.Core.Webinars.Reports;

/// <summary>Slides, a paper and the like that go with a webinar: an address, or a document of one of its groups.</summary>
public sealed class WebinarMaterial
{
    private WebinarMaterial() { }

    public WebinarMaterial(Guid webinarId, string title, string url, DateTimeOffset now) =>
        (Id, WebinarId, Title, Url, AddedAt) = (Guid.CreateVersion7(), webinarId, title, url, now);

    /// <summary>A document, under its name.</summary>
    public WebinarMaterial(Guid webinarId, string title, Guid document, DateTimeOffset now) =>
        (Id, WebinarId, Title, DocumentId, AddedAt) = (Guid.CreateVersion7(), webinarId, title, document, now);

    public Guid Id { get; private set; }
    public Guid WebinarId { get; private set; }
    public string Title { get; private set; } = "";

    /// <summary>An https address; null: it is a document.</summary>
    public string? Url { get; private set; }

    /// <summary>The document of a group of the webinar that it is instead of an address.</summary>
    public Guid? DocumentId { get; private set; }

    public DateTimeOffset AddedAt { get; private set; }

    /// <summary>Where it is, as a page of the hub links to it.</summary>
    public string Link => Url ?? $"/documents/{DocumentId}";
}

/// <summary>What somebody says of a webinar afterwards.</summary>
public sealed class SurveyAnswer
{
    private SurveyAnswer() { }

    public SurveyAnswer(Guid webinarId, Guid personId) => (WebinarId, PersonId) = (webinarId, personId);

    public Guid WebinarId { get; private set; }
    public Guid PersonId { get; private set; }

    /// <summary>How useful it was for the twinning, 1 (not) to 5 (very).</summary>
    public int Useful { get; private set; }

    /// <summary>What the person will try or tell at home.</summary>
    public string TakesHome { get; private set; } = "";

    /// <summary>What should be better next time.</summary>
    public string Better { get; private set; } = "";
    public DateTimeOffset AnsweredAt { get; private set; }

    public void Say(int useful, string takesHome, string better, DateTimeOffset now) =>
        (Useful, TakesHome, Better, AnsweredAt) = (useful, takesHome, better, now);
}
