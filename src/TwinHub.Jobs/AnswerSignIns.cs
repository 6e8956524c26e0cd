using TwinHub.Core.People;

namespace TwinHub.Jobs;

/// <summary>Writes the sign-in mails that were asked for.</summary>
public sealed class AnswerSignIns(SignInService signIn) : IJob
{
    public async Task<int> Run(CancellationToken cancel)
    {
        // In portions until none waits: many notices at once may have fired this sweep once.
        var answered = 0;
        while (await signIn.AnswerRequests(cancel) is > 0 and var portion)
        {
            answered += portion;
        }
        return answered;
    }
}
