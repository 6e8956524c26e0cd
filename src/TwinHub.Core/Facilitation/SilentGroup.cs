using System.Globalization;
using TwinHub.Core.Calendar;
using TwinHub.Core.Networks;
using TwinHub.Core.Organisations;
using TwinHub.Core.People;
using TwinHub.Core.Reminders;

namespace TwinHub.Core.Facilitation;

/// <summary>Somebody to be asked how a group is going, once it has been silent for long.</summary>
/// <param name="Since">Its last sign of life; of a group that gave none, when it began.</param>
internal sealed record SilentGroup(Guid GroupId, Network Network, Organisation Organisation, Person Person, DateTimeOffset Since)
{
    /// <summary>Days without a sign of life after which the leads are asked.</summary>
    public const int Days = 30;

    private static readonly TimeOnly Morning = new(9, 0), Evening = new(18, 0);

    /// <summary>One a silence: the day of the last sign, in the network's zone.</summary>
    public string Step => StepOf(Network, Since);

    public static string StepOf(Network network, DateTimeOffset since) => network.Day(since).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>09:00 on the first working day that lies thirty days after the last sign.</summary>
    public DateTimeOffset DueAt(WorkingDays working) => NextMorning(Since.AddDays(Days), working);

    /// <summary>The first 09:00 of a working day at or after an instant, by the person's clock.</summary>
    public DateTimeOffset NextMorning(DateTimeOffset from, WorkingDays working)
    {
        var day = ChaseCalendar.Local(from, Person).Day;
        return ChaseCalendar.At(working.From(day), Person) is var morning && morning >= from ? morning : ChaseCalendar.At(working.From(day.AddDays(1)), Person);
    }

    /// <summary>Whether a mail may go out now: on a working day between 09:00 and 18:00 by the person's clock.</summary>
    public bool IsOfficeHour(DateTimeOffset now, WorkingDays working) =>
        ChaseCalendar.Local(now, Person) is var (day, time) && working.Includes(day) && time >= Morning && time < Evening;
}
