namespace Qingyuan.Hj212.Messages;

/// <summary>The meaning of a data area. Which command carries which body stands in <see cref="Catalogue.CommandCatalogue"/>.</summary>
public abstract record Body
{
    private protected Body()
    {
    }

    internal abstract void Write(ref SegmentWriter segment);
}
