using TwinHub.Core.Networks;

namespace TwinHub.Web.Pages.Register;

/// <summary>Whose register is shown: people of several networks choose; until they do it is that of the group with the newest talk.</summary>
public sealed class RegisterOf(Reader reader, NetworkService networks)
{
    /// <summary>The reader's networks, by name; filled by <see cref="Find"/>.</summary>
    public IReadOnlyList<(string Value, string Text)> All { get; private set; } = [];

    /// <summary>The network wanted, or one of the reader's; null: it is not the reader's, or there is none.</summary>
    public async Task<NetworkView?> Find(string? wanted, CancellationToken cancel)
    {
        var mine = await networks.ForPerson(reader.Id, cancel);
        All = reader.Sorted(mine.Select(one => (one.Network.Slug, one.Network.Names.In(reader.Language))), one => one.Item2);
        var slug = !string.IsNullOrEmpty(wanted) ? wanted : (await reader.News()).Select(one => one.View.Network.Slug).FirstOrDefault() ?? mine.FirstOrDefault()?.Network.Slug;
        return mine.FirstOrDefault(one => one.Network.Slug == slug);
    }
}
