using System.Globalization;
using TwinHub.Core;
using TwinHub.Core.Channels;
using TwinHub.Core.Data;
using TwinHub.Core.Live;

namespace TwinHub.Realtime;

/// <summary>Keeps this node's clock and posting limit where the database says they are.</summary>
public sealed class InstallationReader
{
    private readonly HubClock _clock;
    private readonly PostingRate _rate;
    private readonly InstallationService _installation;

    public InstallationReader(HubClock clock, PostingRate rate, InstallationService installation, LiveFeed feed)
    {
        (_clock, _rate, _installation) = (clock, rate, installation);
        feed.On(Notice.ClockMoved, notice => clock.Forward(new TimeSpan(long.Parse(notice.Rest, CultureInfo.InvariantCulture))));
        feed.On(Notice.LimitsLifted, _ => rate.Lift());
    }

    public async Task Read(CancellationToken cancel)
    {
        _clock.Forward(await _installation.ClockOffset(cancel));
        if (!await _installation.LimitsPosting(cancel))
        {
            _rate.Lift();
        }
    }
}
