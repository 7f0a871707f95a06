namespace Qingyuan.Hj212.Segments;

/// <summary>The fields in front of the data area, and the area itself. Spans into the segment: nothing is copied.</summary>
/// <remarks>Read by name, not by place. All texts are opaque: real MNs, PWs and STs keep to no table, and are compared exactly.</remarks>
public readonly ref struct SegmentHeader
{
    internal SegmentHeader(scoped in HeaderFields fields, ReadOnlySpan<byte> area)
    {
        Qn = fields.Qn;
        St = fields.St;
        Cn = fields.Cn;
        Pw = fields.Pw;
        Mn = fields.Mn;
        Flag = fields.Flag;
        Pnum = fields.Pnum;
        Pno = fields.Pno;
        Rf = fields.Rf;
        Notes = fields.Notes;
        QnInArea = fields.QnInArea;
        Area = area;
    }

    /// <summary>QN (请求编码), which names the exchange. Empty when absent, as in most uploads of 2005.</summary>
    public ReadOnlySpan<byte> Qn { get; }

    /// <summary>True when <see cref="Qn"/> was found inside the data area, where 2005 puts the one of the frame answered.</summary>
    public bool QnInArea { get; }

    /// <summary>ST (系统编码): 32 waste water, 31 waste gas, 91 replies, and others.</summary>
    public ReadOnlySpan<byte> St { get; }

    /// <summary>CN (命令编码): four digits.</summary>
    public ReadOnlySpan<byte> Cn { get; }

    /// <summary>CN as a number, 0 when it is none.</summary>
    public int Command => WireText.Number(Cn) is var value and >= 0 ? value : 0;

    /// <summary>PW (访问密码).</summary>
    public ReadOnlySpan<byte> Pw { get; }

    /// <summary>MN (设备唯一标识).</summary>
    public ReadOnlySpan<byte> Mn { get; }

    /// <summary>Flag as sent; null when absent (2005) or not a number 0…255.</summary>
    public byte? Flag { get; }

    /// <summary>PNUM (总包数); null when absent.</summary>
    public int? Pnum { get; }

    /// <summary>PNO (包号), from 1; null when absent.</summary>
    public int? Pno { get; }

    /// <summary>RF (补传): 1 on data that are sent again after an outage, by 2025.</summary>
    public int? Rf { get; }

    /// <summary>The data area (数据区), between <c>CP=&amp;&amp;</c> and the closing <c>&amp;&amp;</c>. Encrypted frames of 2025 hold any bytes here.</summary>
    public ReadOnlySpan<byte> Area { get; }

    /// <summary>What the header deviates in.</summary>
    public HeaderNotes Notes { get; }

    /// <summary>By the version bits of Flag; a frame without Flag is 2005-shaped.</summary>
    public Edition Edition => Flag is not { } flag || flag < 4 ? Edition.V2005 : flag < 8 ? Edition.V2017 : Edition.V2025;

    /// <summary>Bit 0 of Flag: the sender wants an answer. (The letters of the bits were exchanged in 2025, their places were not.)</summary>
    public bool WantsReply => Flag is { } flag && (flag & 1) != 0;

    /// <summary>Bit 1 of Flag: PNUM and PNO are present, this is one part of several.</summary>
    public bool IsSplit => Flag is { } flag && (flag & 2) != 0;

    /// <summary>Reads a data segment whose check value has been found right.</summary>
    /// <returns>False when the segment cannot be read; <paramref name="why"/> says so, and <paramref name="header"/> is empty.</returns>
    public static bool TryParse(ReadOnlySpan<byte> segment, out SegmentHeader header, out SegmentRejection why)
    {
        header = default;
        var open = segment.IndexOf("CP=&&"u8);
        if (open < 0)
        {
            why = SegmentRejection.NoDataArea;
            return false;
        }

        var fields = new HeaderFields();
        fields.Read(segment[..open]);
        why = fields.Cn.IsEmpty ? SegmentRejection.NoCommand : SegmentRejection.None;
        if (why != SegmentRejection.None) return false;
        var area = segment[(open + 5)..];
        if (area.EndsWith("&&"u8)) area = area[..^2];
        else fields.Notes |= HeaderNotes.AreaNotClosed;
        if (fields.Qn.IsEmpty && area.StartsWith("QN="u8)) fields.TakeQn(area);
        header = new(fields, area);
        return true;
    }
}
