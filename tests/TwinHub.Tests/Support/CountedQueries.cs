using System.Diagnostics;

namespace TwinHub.Tests.Support;

/// <summary>Counts the commands that a piece of work sends to the database through EF; work beside it is not counted.</summary>
public static class CountedQueries
{
    private const string Executed = "Microsoft.EntityFrameworkCore.Database.Command.CommandExecuted";
    private static readonly AsyncLocal<Counter?> Here = new();
    private static readonly IDisposable Listening = DiagnosticListener.AllListeners.Subscribe(new Sources());

    public static async Task<int> Of(Func<Task> work)
    {
        ArgumentNullException.ThrowIfNull(Listening);
        var box = new Counter();
        Here.Value = box;
        await work();
        Here.Value = null;
        return box.Count;
    }

    private sealed class Counter
    {
        public int Count;
    }

    private sealed class Sources : IObserver<DiagnosticListener>
    {
        public void OnNext(DiagnosticListener value) => _ = value.Name == "Microsoft.EntityFrameworkCore" ? value.Subscribe(new Commands(), (name, _, _) => name == Executed) : null;

        public void OnCompleted() { }

        public void OnError(Exception error) { }
    }

    private sealed class Commands : IObserver<KeyValuePair<string, object?>>
    {
        public void OnNext(KeyValuePair<string, object?> value)
        {
            if (value.Key == Executed && Here.Value is { } box)
            {
                Interlocked.Increment(ref box.Count);
            }
        }

        public void OnCompleted() { }

        public void OnError(Exception error) { }
    }
}
