using System.Numerics;

namespace TwinHub.Load.Measures;

/// <summary>Counts every latency in buckets of at most 1.6 % width, from 1 µs to about 67 s; what is longer counts as that.</summary>
public sealed class LatencyHistogram
{
    private const int SubBuckets = 64;
    private const int Octaves = 21;
    private readonly int[] _counts = new int[(Octaves + 1) * SubBuckets];

    /// <summary>How many latencies were counted.</summary>
    public long Count { get; private set; }

    /// <summary>Counts one latency, in microseconds; a negative one (clock granularity) counts as 0.</summary>
    public void Add(long microseconds)
    {
        var value = (ulong)Math.Max(microseconds, 0);
        var shift = Math.Max(0, BitOperations.Log2(value | 1) - 6);
        _counts[Math.Min(shift * SubBuckets + (int)(value >> shift), _counts.Length - 1)]++;
        Count++;
    }

    /// <summary>Counts everything the other histogram has counted.</summary>
    public void Add(LatencyHistogram other)
    {
        for (var bucket = 0; bucket < _counts.Length; bucket++)
        {
            _counts[bucket] += other._counts[bucket];
        }

        Count += other.Count;
    }

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        Array.Clear(_counts);
        Count = 0;
    }

    /// <summary>The latency in milliseconds that the share (0 to 1) does not exceed; the bucket's upper edge. Nothing counted: not a number.</summary>
    public double Percentile(double share)
    {
        var wanted = (long)Math.Ceiling(share * Count);
        for (var bucket = 0; Count > 0 && bucket < _counts.Length; bucket++)
        {
            wanted -= _counts[bucket];
            if (wanted <= 0)
            {
                return UpperEdge(bucket) / 1000.0;
            }
        }

        return double.NaN;
    }

    private static long UpperEdge(int bucket)
    {
        var shift = Math.Max(0, bucket / SubBuckets - 1);
        return (long)(bucket - shift * SubBuckets + 1) << shift;
    }
}
