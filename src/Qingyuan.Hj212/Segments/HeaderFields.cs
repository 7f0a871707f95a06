using System.Buffers.Binary;

namespace Qingyuan.Hj212.Segments;

/// <summary>Collects the header's fields while they are read.</summary>
internal ref struct HeaderFields
{
    private int _seen;
    private int _lastPlace;

    public ReadOnlySpan<byte> Qn;
    public ReadOnlySpan<byte> St;
    public ReadOnlySpan<byte> Cn;
    public ReadOnlySpan<byte> Pw;
    public ReadOnlySpan<byte> Mn;
    public byte? Flag;
    public int? Pnum;
    public int? Pno;
    public int? Rf;
    public bool QnInArea;
    public HeaderNotes Notes;

    /// <param name="header">The bytes before <c>CP=</c>, normally closed by a semicolon.</param>
    public void Read(ReadOnlySpan<byte> header)
    {
        var accounted = 0;
        foreach (var field in new DataAreaReader(header))
        {
            accounted += field.Name.Length + field.Value.Length + 2; // the equals sign and one semicolon
            if (!field.StartsObject) Notes |= HeaderNotes.Separator;
            Store(field.Name, field.Value);
        }
        // Something else stands in it: blanks, a doubled semicolon, or none at the end as in HJ 212-2017 table C.19 (Flag=5CP=).
        if (accounted != header.Length) Notes |= header.EndsWith(";"u8) && header.IndexOf(";;"u8) < 0 ? HeaderNotes.Blanks : HeaderNotes.Separator;
    }

    /// <summary>2005 puts the QN of the frame answered first into the data area.</summary>
    public void TakeQn(ReadOnlySpan<byte> area)
    {
        var end = area.IndexOfAny((byte)';', (byte)',');
        Qn = area[3..(end < 0 ? area.Length : end)];
        QnInArea = true;
    }

    private void Store(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        switch (name.Length)
        {
            case 2: StoreText(BinaryPrimitives.ReadUInt16BigEndian(name), value); break;
            case 3 when name.SequenceEqual("PNO"u8): if (Once(8)) Pno = Number(value); break;
            case 4 when name.SequenceEqual("Flag"u8): if (Once(6)) StoreFlag(value); break;
            case 4 when name.SequenceEqual("PNUM"u8): if (Once(7)) Pnum = Number(value); break;
            case 7 when name.SequenceEqual("CmdFlag"u8):
                Notes |= HeaderNotes.CmdFlag;
                if (Once(6)) StoreFlag(value);
                break;
            default: Notes |= HeaderNotes.UnknownField; break;
        }
    }

    private void StoreText(ushort name, ReadOnlySpan<byte> value)
    {
        switch (name)
        {
            case ('Q' << 8) | 'N': if (Once(1)) Qn = value; break;
            case ('S' << 8) | 'T': if (Once(2)) St = value; break;
            case ('C' << 8) | 'N': if (Once(3)) Cn = value; break;
            case ('P' << 8) | 'W': if (Once(4)) Pw = value; break;
            case ('M' << 8) | 'N': if (Once(5)) Mn = value; break;
            case ('R' << 8) | 'F': if (Once(9)) Rf = Number(value); break;
            default: Notes |= HeaderNotes.UnknownField; break;
        }
    }

    private void StoreFlag(ReadOnlySpan<byte> value)
    {
        if (Number(value) is not { } number) return;
        if (number <= byte.MaxValue) Flag = (byte)number;
        else Notes |= HeaderNotes.BadNumber;
    }

    private int? Number(ReadOnlySpan<byte> value)
    {
        var number = WireText.Number(value);
        if (number >= 0) return number;
        Notes |= HeaderNotes.BadNumber;
        return null;
    }

    /// <summary>Marks the field's place in the standard's order as seen; false when it was there before.</summary>
    private bool Once(int place)
    {
        var bit = 1 << place;
        if ((_seen & bit) != 0)
        {
            Notes |= HeaderNotes.RepeatedField;
            return false;
        }
        if (place < _lastPlace) Notes |= HeaderNotes.Order;
        _seen |= bit;
        _lastPlace = place;
        return true;
    }
}
