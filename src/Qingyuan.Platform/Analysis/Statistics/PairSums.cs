namespace Qingyuan.Platform.Analysis.Statistics;

/// <summary>What Pearson's coefficient needs of many pairs, taken one after the other, so that none has to be kept (Welford).</summary>
internal sealed class PairSums
{
    private const int Fewest = 3;

    private double _meanX;
    private double _meanY;
    private double _both;
    private double _squareX;
    private double _squareY;

    public int Count { get; private set; }

    /// <summary>From -1 to 1; null with fewer than three pairs or when one side never changes.</summary>
    public double? Coefficient => Count >= Fewest && _squareX > 0 && _squareY > 0 ? Math.Max(-1, Math.Min(1, _both / Math.Sqrt(_squareX * _squareY))) : null;

    public void Add(double x, double y)
    {
        Count++;
        var (offX, offY) = (x - _meanX, y - _meanY);
        _meanX += offX / Count;
        _meanY += offY / Count;
        _both += offX * (y - _meanY);
        _squareX += offX * (x - _meanX);
        _squareY += offY * (y - _meanY);
    }
}
