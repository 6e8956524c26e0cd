using TwinHub.Core.People;
using TwinHub.Core.Register;
using TwinHub.Core.Reminders;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Core.Reminders;

/// <summary>
/// A year of six groups (eleven in the long run) with answers, pauses, handovers and outages as the seed has it, a leap day in it, two workers at every
/// sweep; every mail is compared with <see cref="ChaseModel"/>.
/// </summary>
[Trait("soak", "chase")]
public sealed class ChaseYearTests(CoreFixture fixture) : IClassFixture<CoreFixture>
{
    private static readonly (string Country, string Zone)[] Places =
    [
        ("JO", "Asia/Amman"), ("TR", "Europe/Istanbul"), ("LB", "Asia/Beirut"), ("PS", "Asia/Hebron"), ("IQ", "Asia/Baghdad"),
        ("FR", "Europe/Paris"), ("CA", "America/Toronto"), ("JP", "Asia/Tokyo"), ("UY", "America/Montevideo"),
    ];

    private static readonly int Groups = Soak.Of(6, 11);
    private static readonly DateTimeOffset Start = new(2027, 12, 20, 12, 0, 0, TimeSpan.Zero), End = Start.AddDays(366);
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly StagedRegister _stage = new(fixture);
    private readonly ChaseModel _model = new();
    private readonly PriorityQueue<Func<Task>, DateTimeOffset> _events = new();

    [Theory]
    [InlineData(20280229)]
    public async Task Every_reminder_that_was_due_is_sent_once_and_none_after_the_answer(int seed)
    {
        var random = new Random(seed);
        _stage.At(Start);
        await _stage.Begin();
        Outages(random);
        for (var number = 0; number < Groups; number++)
        {
            await Group(random, number);
        }

        await Live();

        var expected = _model.Mails(Start, End, _stage.Facilitator);
        var arrived = await fixture.Rows<string>("""
            select e.recipient || ' ' || to_char(m.received_at at time zone p.time_zone, 'YYYY-MM-DD HH24:MI') || ' ' || e.kind || ' ' || coalesce(e.about ->> 'quarter', '') || ' ' || coalesce(e.about ->> 'step', '')
            from emails e join mailbox m on m.email_id = e.id join people p on p.email = e.recipient where e.kind in ('register-reminder', 'digest')
            """);
        Assert.InRange(expected.Count, 14 * Groups, 100 * Groups);
        Assert.Equal(Sorted(expected), Sorted(arrived));
    }

    private static string Sorted(IEnumerable<string> mails) => string.Join('\n', mails.Order(StringComparer.Ordinal));

    /// <summary>Eleven days over the first opening, whose mails are then too late; afterwards hours, or up to nine days, some ten times.</summary>
    private void Outages(Random random)
    {
        _model.Outages.Add((Start.AddDays(11.3), Start.AddDays(22.3)));
        for (var day = 30.0; day < 355; day += 12 + random.NextDouble() * 40)
        {
            var from = Start.AddMinutes((int)(day * 24 * 60));
            _model.Outages.Add((from, from.AddHours(random.Next(3) == 0 ? random.Next(20, 9 * 24) : random.Next(1, 20))));
        }
    }

    /// <summary>A group and its year: some pause, some hand over, one ended long ago.</summary>
    private async Task Group(Random random, int number)
    {
        var sides = Places.OrderBy(_ => random.Next()).Take(2).ToArray();
        var staged = await _stage.Group(sides[0], sides[1]);
        var told = new ChaseModel.Group(staged.Group.Id);
        _model.Groups.Add(told);
        told.Recipients.Add(new(staged.Second.Email, sides[1].Country, sides[1].Zone, Start, DateTimeOffset.MaxValue));
        await Correspond(random, staged, told, sides[0], handsOver: number % 5 == 2);
        if (number == Groups - 1)
        {
            told.Pauses.Add((Start, DateTimeOffset.MaxValue));
            await Become(staged, "completed");
        }
        else if (number % 4 == 1)
        {
            Pause(random, staged, told);
        }
        Answer(random, staged, told);
    }

    private async Task Correspond(Random random, StagedGroup staged, ChaseModel.Group told, (string Country, string Zone) side, bool handsOver)
    {
        var until = handsOver ? _model.Up(Start.AddDays(random.Next(20, 330)).AddMinutes(random.Next(24 * 60))) : DateTimeOffset.MaxValue;
        told.Recipients.Add(new(staged.First.Email, side.Country, side.Zone, Start, until));
        if (handsOver)
        {
            var organisation = await fixture.Scalar<Guid>("select organisation_id from memberships where person_id = $1", staged.First.Id);
            var successor = await _stage.Member(staged.Group, organisation, side.Zone, "member");
            told.Recipients.Add(new(successor.Email, side.Country, side.Zone, until, DateTimeOffset.MaxValue));
            _events.Enqueue(() => fixture.Execute("update memberships set roles = case person_id when $1 then array['member'] else array['correspondent'] end where person_id in ($1, $2)", staged.First.Id, successor.Id), until);
        }
    }

    private void Pause(Random random, StagedGroup staged, ChaseModel.Group told)
    {
        var from = _model.Up(Start.AddDays(random.Next(20, 250)).AddMinutes(random.Next(24 * 60)));
        var to = _model.Up(from.AddDays(random.Next(3, 60)).AddMinutes(random.Next(1, 24 * 60)));
        told.Pauses.Add((from, to));
        _events.Enqueue(() => Become(staged, "paused"), from);
        _events.Enqueue(() => Become(staged, "active"), to);
    }

    /// <summary>Four of five quarters are answered, early, late or long after, by either side; not while the group pauses.</summary>
    private void Answer(Random random, StagedGroup staged, ChaseModel.Group told)
    {
        for (var quarter = new Quarter(2027, 4, 1); quarter.OpensOn < DateOnly.FromDateTime(End.UtcDateTime); quarter = quarter.Next)
        {
            var (label, by) = (quarter.Label, random.Next(2) == 0 ? staged.First : staged.Second);
            var at = _model.Up(new DateTimeOffset(quarter.OpensOn.ToDateTime(new TimeOnly(3, 0)), TimeSpan.Zero).AddMinutes(random.Next(60 * 24 * 60)));
            if (random.Next(5) > 0 && !told.IsPaused(at) && told.Pauses.All(pause => pause.To != DateTimeOffset.MaxValue))
            {
                told.Answers[label] = at;
                _events.Enqueue(() => File(by, staged, label, random.Next(2) == 0), at);
            }
        }
    }

    private async Task File(Person by, StagedGroup staged, string quarter, bool noChange) =>
        Assert.Null((await _stage.Register.Save(by.Id, staged.Slug, quarter, new UpdateDraft("page", null, "en") { NoChange = noChange }, None)).Refusal);

    private Task Become(StagedGroup staged, string status) => fixture.Execute("update twinning_groups set status = $2 where id = $1", staged.Group.Id, status);

    /// <summary>Stops wherever something falls due or happens; sleeps through outages.</summary>
    private async Task Live()
    {
        await _stage.Sweep();
        while (true)
        {
            var due = await fixture.Get<ReminderService>().NextDue(End, None) ?? DateTimeOffset.MaxValue;
            var next = _events.TryPeek(out _, out var happens) && happens < due ? happens : due;
            if (next >= End)
            {
                return;
            }
            next = _model.Up(next);
            _stage.At(next);
            while (_events.TryPeek(out var act, out happens) && happens <= next)
            {
                _events.Dequeue();
                await act();
            }
            await _stage.Sweep();
        }
    }
}
