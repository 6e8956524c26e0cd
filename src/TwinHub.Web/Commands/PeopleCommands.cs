using TwinHub.Core;
using TwinHub.Core.Networks;
using TwinHub.Core.People;
using TwinHub.Core.Text;
using TwinHub.Web.Hosting;

namespace TwinHub.Web.Commands;

/// <summary>The administrator's commands about people.</summary>
internal static class PeopleCommands
{
    private const string FacilitatorUsage = "twinhub facilitator EMAIL --network SLUG --template hosts|resettlement|platforms";

    public static async Task<int> Facilitator(HubArguments arguments, TextWriter output, CancellationToken cancel)
    {
        if (arguments.Operands is not [var email] || arguments["network"] is not { } network)
        {
            throw new CommandException(FacilitatorUsage);
        }
        await using var tools = await CommandTools.Open(arguments, cancel);
        var appointed = await tools.Get<Facilitators>().Appoint(email, network, arguments["template"], cancel);
        if (appointed.Refusal is { } refusal)
        {
            throw new CommandException($"{Field(refusal)}. {FacilitatorUsage}");
        }
        await output.WriteLineAsync(await tools.Get<SignInService>().MakeLink(appointed.Value, cancel));
        return 0;
    }

    public static async Task<int> Token(HubArguments arguments, TextWriter output, CancellationToken cancel)
    {
        if (arguments.Operands is not [var email] || arguments["name"] is not { } name)
        {
            throw new CommandException("twinhub token EMAIL --name NAME [--days N]");
        }
        await using var tools = await CommandTools.Open(arguments, cancel);
        var person = await tools.Find(email, cancel) ?? throw new CommandException($"Nobody here has the address {email}.");
        var token = await tools.Get<Credentials>().MakeToken(person, name, arguments.Number("days", 1, 3_650), cancel);
        await output.WriteLineAsync(token.Refusal is { } refusal ? throw new CommandException(Field(refusal) + ".") : token.Value);
        return 0;
    }

    private static string Field(Refusal refusal) => refusal.Sentence(Texts.Shared.For("en")).TrimEnd('.') + (refusal.Field is null ? "" : $" ({refusal.Field})");
}
