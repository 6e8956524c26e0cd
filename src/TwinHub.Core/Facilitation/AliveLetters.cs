using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data;
using TwinHub.Core.Groups;
using TwinHub.Core.Mail;
using TwinHub.Core.People;
using TwinHub.Core.Text;

namespace TwinHub.Core.Facilitation;

/// <summary>The one question to a silent group; its link shows three answers, and only a press there records one.</summary>
public sealed class AliveLetters(SignInOptions options, TimeProvider time)
{
    /// <summary>Letters with their links, in the transaction that queues them.</summary>
    internal async Task<IReadOnlyList<Letter>> Write(TwinHubDb db, IReadOnlyList<SilentGroup> silent, CancellationToken cancel)
    {
        var ids = silent.Select(one => one.GroupId).Distinct().ToList();
        var views = (await GroupService.Views(db, await db.Groups.Where(g => ids.Contains(g.Id)).AsNoTracking().ToListAsync(cancel), cancel)).ToDictionary(view => view.Group.Id);
        return [.. silent.Select(one => Write(one, views[one.GroupId], Link(db, one)))];
    }

    private string Link(TwinHubDb db, SilentGroup one)
    {
        var token = Secret.New();
        db.PersonLinks.Add(new(Secret.Hash(Secret.Alive, token), one.Person.Id, Secret.Alive, one.GroupId, null, time.GetUtcNow()));
        return $"{options.BaseUrl}/alive/{token}";
    }

    private static Letter Write(SilentGroup one, GroupView group, string url)
    {
        var words = Texts.Shared.For(one.Person.Language);
        var name = group.Name(one.Person.Language);
        return new(one.Person.Email, one.Person.Name, one.Person.Language, "other")
        {
            Subject = words.Say("facilitate.alive.subject", ("group", name)),
            Paragraphs = [words.Isolated("facilitate.alive.opening", ("group", name), ("date", words.LongDate(one.Network.Day(one.Since)))), words["facilitate.alive.answers"]],
            Button = new(words["facilitate.alive.button"], url),
            Why = words.Isolated("facilitate.alive.why", ("group", name), ("network", one.Network.Names.In(one.Person.Language))),
            About = new Dictionary<string, string> { ["group"] = group.Group.Slug, ["step"] = one.Step },
            Reason = MailReason.Silent(one.GroupId, one.Since),
        };
    }
}
