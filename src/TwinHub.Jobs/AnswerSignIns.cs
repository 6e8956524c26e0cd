using TwinHub.Core.People;

namespace TwinHub.Jobs;

/// <summary>Writes the sign-in mails that were asked for.</summary>
public sealed class AnswerSignIns(SignInService signIn) : IJob
{
    public Task<int> Run(CancellationToken cancel) => signIn.AnswerRequests(cancel);
}
