namespace Qingyuan.Hj212.Dictionaries;

/// <summary>How well a fact of this library is founded. What is less than <see cref="Confirmed"/> can be replaced by configuration.</summary>
public enum Confidence
{
    /// <summary>Seen in two or more independent sources, or computed.</summary>
    Confirmed,

    /// <summary>Seen in one source only.</summary>
    Single,

    /// <summary>Follows from the facts; our own conclusion.</summary>
    Inferred,

    /// <summary>Not checked against a text.</summary>
    FromMemory,
}
