using TwinHub.Core.Reminders;

namespace TwinHub.Jobs;

/// <summary>Says what people wanted to be reminded of.</summary>
public sealed class SendDueReminders(ReminderService reminders) : IJob
{
    public Task<int> Run(CancellationToken cancel) => reminders.SendDue(cancel);
}
