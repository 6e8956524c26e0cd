namespace TwinHub.Core.Data;

/// <summary>What a group of the demo has shared. Days are counted back from the day the demo is made; <c>by</c> is the part of a member's address before the @.</summary>
/// <param name="Attached">Files with messages that the group has written.</param>
public sealed record DemoShelf(List<DemoFolder> Folders, List<DemoDocument> Documents, List<DemoAttachment> Attached)
{
    /// <summary>Null: the group has shared nothing.</summary>
    public static DemoShelf? Of(string group) => DemoNetworkFile.Read<DemoShelf>($"demo/documents/{group}.json");
}

public sealed record DemoFolder(string Name, string By, int Ago);

/// <param name="Folder">The place of its folder; null: at the top.</param>
/// <param name="Deleted">In the bin since; null: not there.</param>
public sealed record DemoDocument(string Name, int? Folder, string? Language, string? Description, List<DemoVersion> Versions, List<string> Seen, List<DemoComment> Comments, DemoDeletion? Deleted)
{
    /// <summary>What was said from one version to the next.</summary>
    public IEnumerable<DemoComment> SaidOf(DemoVersion version)
    {
        var next = Versions.SkipWhile(one => one != version).Skip(1).FirstOrDefault();
        return Comments.Where(said => said.Ago <= version.Ago && (next is null || said.Ago > next.Ago));
    }
}

/// <summary>Made from a template with what is filled in, or a text, or one of the demo's files.</summary>
public sealed record DemoVersion(string By, int Ago, string? Template, List<List<string>>? Filled, string? Text, string? File);

public sealed record DemoComment(string By, int Ago, string Body);

public sealed record DemoDeletion(string By, int Ago);

/// <param name="Message">Its place in the group's talk, from 0.</param>
/// <param name="Document">The place of a document that is shown; null: a file of its own.</param>
public sealed record DemoAttachment(int Message, int? Document, string? File, string? Name);
