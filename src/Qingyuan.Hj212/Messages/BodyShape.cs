using Qingyuan.Hj212.Catalogue;

namespace Qingyuan.Hj212.Messages;

internal delegate Body BodyReader(ref AreaFields area);

/// <summary>What a data area carries, and how it becomes a typed <see cref="Body"/>. Many commands share one shape.</summary>
public sealed class BodyShape
{
    private readonly BodyReader _read;

    internal BodyShape(Type body, IReadOnlyList<FieldUse> fields, BodyReader read) => (Body, Fields, _read) = (body, fields, read);

    /// <summary>The record that carries it.</summary>
    public Type Body { get; }

    /// <summary>The fields, in the order they are written.</summary>
    public IReadOnlyList<FieldUse> Fields { get; }

    /// <summary>The record's name.</summary>
    public override string ToString() => Body.Name;

    internal Body Read(ref AreaFields area) => _read(ref area);

    /// <summary>Whether the body has a place for an item of this name; a shape with <c>-</c> keeps every quantity of every factor.</summary>
    internal bool Takes(string name, string suffix)
    {
        foreach (var field in Fields)
            if (field.Name == name || (suffix.Length > 0 && field.Name[0] == '-' && (field.Name.Length == 1 || field.Name.AsSpan(1).SequenceEqual(suffix)))) return true;
        return false;
    }

    internal static FieldUse Must(string name) => new(name, true);

    internal static FieldUse May(string name) => new(name, false);
}
