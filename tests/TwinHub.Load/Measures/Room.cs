using System.Text;

namespace TwinHub.Load.Measures;

/// <summary>A channel and those of the crowd who joined it.</summary>
public sealed class Room(string channelId)
{
    /// <summary>The channel's id.</summary>
    public string ChannelId { get; } = channelId;

    /// <summary>The channel's id as it stands in the records.</summary>
    public byte[] ChannelIdBytes { get; } = Encoding.UTF8.GetBytes(channelId);

    /// <summary>Who joined.</summary>
    public List<Member> Members { get; } = [];

    /// <summary>Posts sent by this crowd's members; written by the schedule only.</summary>
    public long Sent { get; set; }

    /// <summary>Posts that have no answer yet.</summary>
    public long Unanswered => Sent - Members.Sum(member => member.Accepted + member.Refused);

    /// <summary>Deliveries that are due but have not arrived.</summary>
    public long Outstanding => Expected * Members.Count - Members.Sum(member => member.Delivered);

    private long Expected => Sent - Members.Sum(member => member.Refused);

    /// <summary>What was wrong in this room, once everything has arrived that is going to: loss, gaps, different orders.</summary>
    public IEnumerable<string> Violations()
    {
        // A member whose connection the server ended has a right to catch up by revision; it is counted as lost, not as a loss.
        var present = Members.Where(member => !member.IsLost).ToList();
        var accepted = Members.Sum(member => member.Accepted);
        foreach (var member in present)
        {
            if (member.Disorder is not null)
            {
                yield return member.Disorder;
            }
            else if (member.Delivered < accepted)
            {
                yield return $"{accepted - member.Delivered} acknowledged messages never arrived in channel {ChannelId}";
            }
        }

        if (present.Select(member => (member.Delivered, member.Order)).Distinct().Count() > 1)
        {
            yield return $"members of channel {ChannelId} saw different orders";
        }
    }
}
