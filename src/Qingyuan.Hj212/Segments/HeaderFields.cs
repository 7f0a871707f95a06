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
        var closed = header.IsEmpty;
        while (!header.IsEmpty)
        {
            var end = header.IndexOfAny((byte)';', (byte)',');
            var field = end < 0 ? header : header[..end];
            closed = end >= 0;
            if (closed && header[end] == ',') Notes |= HeaderNotes.Separator;
            header = closed ? header[(end + 1)..] : default;
            Take(field);
        }
        if (!closed) Notes |= HeaderNotes.Separator; // as in HJ 212-2017 table C.19: Flag=5CP=
    }

    /// <summary>2005 puts the QN of the frame answered first into the data area.</summary>
    public void TakeQn(ReadOnlySpan<byte> area)
    {
        var end = area.IndexOfAny((byte)';', (byte)',');
        Qn = area[3..(end < 0 ? area.Length : end)];
        QnInArea = true;
    }

    private void Take(ReadOnlySpan<byte> field)
    {
        var equals = field.IndexOf((byte)'=');
        if (equals < 0)
        {
            Notes |= field.IsEmpty ? HeaderNotes.Separator : HeaderNotes.UnknownField;
            return;
        }
        var name = WireText.Trim(field[..equals]);
        if (name.Length != equals) Notes |= HeaderNotes.Blanks;
        Store(name, field[(equals + 1)..]);
    }

    private void Store(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        switch (name)
        {
            case [(byte)'Q', (byte)'N']: if (Once(1)) Qn = value; break;
            case [(byte)'S', (byte)'T']: if (Once(2)) St = value; break;
            case [(byte)'C', (byte)'N']: if (Once(3)) Cn = value; break;
            case [(byte)'P', (byte)'W']: if (Once(4)) Pw = value; break;
            case [(byte)'M', (byte)'N']: if (Once(5)) Mn = value; break;
            case [(byte)'F', (byte)'l', (byte)'a', (byte)'g']: if (Once(6)) StoreFlag(value); break;
            case [(byte)'P', (byte)'N', (byte)'U', (byte)'M']: if (Once(7)) Pnum = Number(value); break;
            case [(byte)'P', (byte)'N', (byte)'O']: if (Once(8)) Pno = Number(value); break;
            case [(byte)'R', (byte)'F']: if (Once(9)) Rf = Number(value); break;
            case [(byte)'C', (byte)'m', (byte)'d', (byte)'F', (byte)'l', (byte)'a', (byte)'g']:
                Notes |= HeaderNotes.CmdFlag;
                if (Once(6)) StoreFlag(value);
                break;
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
