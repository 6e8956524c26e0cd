using TwinHub.Core.Text;

namespace TwinHub.Core;

/// <summary>Why a request was refused; the wire names and HTTP numbers are part of the contract.</summary>
public enum RefusalCode { NotFound, NotAllowed, Invalid, TooLong, RateLimited, Closed, Conflict, Unavailable }

/// <summary>An expected refusal. What one may not see is <see cref="RefusalCode.NotFound"/>; what one may see but not do is <see cref="RefusalCode.NotAllowed"/>.</summary>
/// <param name="Code">The refusal's code.</param>
/// <param name="TextKey">A resource key more exact than the code's own sentence.</param>
/// <param name="Field">The input field the refusal is about, as the API names it.</param>
public sealed record Refusal(RefusalCode Code, string? TextKey = null, string? Field = null)
{
    /// <summary>The code as clients see it, such as <c>not_found</c>.</summary>
    public string Wire => WireName(Code);

    /// <summary>What happened and what to do now, in the reader's language.</summary>
    public string Sentence(Words words) => words[TextKey ?? "error." + Wire];

    /// <summary>The code as clients see it.</summary>
    public static string WireName(RefusalCode code) => code switch
    {
        RefusalCode.NotFound => "not_found",
        RefusalCode.NotAllowed => "not_allowed",
        RefusalCode.Invalid => "invalid",
        RefusalCode.TooLong => "too_long",
        RefusalCode.RateLimited => "rate_limited",
        RefusalCode.Closed => "closed",
        RefusalCode.Conflict => "conflict",
        _ => "unavailable",
    };

    /// <summary>The code a wire name stands for, or null.</summary>
    public static RefusalCode? FromWire(string? wire) =>
        Enum.GetValues<RefusalCode>().Cast<RefusalCode?>().FirstOrDefault(code => WireName(code!.Value) == wire);

    public static readonly Refusal NotFound = new(RefusalCode.NotFound);
    public static readonly Refusal NotAllowed = new(RefusalCode.NotAllowed);
    public static readonly Refusal Unavailable = new(RefusalCode.Unavailable);

    /// <summary>A field that cannot be taken as it is.</summary>
    public static Refusal Invalid(string field, string? textKey = null) => new(RefusalCode.Invalid, textKey, field);
}

/// <summary>A value, or the refusal that stands in its place.</summary>
public sealed class Outcome<T>
{
    private readonly T? _value;

    private Outcome(T? value, Refusal? refusal) => (_value, Refusal) = (value, refusal);

    public Refusal? Refusal { get; }

    /// <summary>The value; asking for it after a refusal is a bug.</summary>
    public T Value => Refusal is null ? _value! : throw new InvalidOperationException($"Refused: {Refusal.Wire}");

    public static implicit operator Outcome<T>(T value) => new(value, null);
    public static implicit operator Outcome<T>(Refusal refusal) => new(default, refusal);
}
