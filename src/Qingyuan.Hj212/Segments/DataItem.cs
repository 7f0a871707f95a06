namespace Qingyuan.Hj212.Segments;

/// <summary>One <c>name=value</c> of a data area.</summary>
public readonly ref struct DataItem
{
    internal DataItem(ReadOnlySpan<byte> name, ReadOnlySpan<byte> code, ReadOnlySpan<byte> suffix, ReadOnlySpan<byte> value, bool startsObject, bool isText)
    {
        Name = name;
        Code = code;
        Suffix = suffix;
        Value = value;
        StartsObject = startsObject;
        IsText = isText;
    }

    /// <summary>The name as sent, blanks round it taken off: <c>w01018-Rtd</c>, <c>DataTime</c>.</summary>
    public ReadOnlySpan<byte> Name { get; }

    /// <summary>What stands before the last dash: <c>w01018</c>. Empty for plain names; for a plain <c>Flag</c> the code of the item before it.</summary>
    public ReadOnlySpan<byte> Code { get; }

    /// <summary>What stands behind the last dash: <c>Rtd</c>; <c>Flag</c> for a plain Flag; empty for other plain names.</summary>
    public ReadOnlySpan<byte> Suffix { get; }

    /// <summary>The value exactly as sent; for a log text (<c>//…//</c>) the text between the slashes.</summary>
    public ReadOnlySpan<byte> Value { get; }

    /// <summary>True for the first item and after each semicolon; false after a comma, which goes on with the same object.</summary>
    public bool StartsObject { get; }

    /// <summary>True when the value stood between <c>//</c> and <c>//</c>.</summary>
    public bool IsText { get; }
}
