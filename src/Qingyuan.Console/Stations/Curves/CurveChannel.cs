namespace Qingyuan.Console.Stations.Curves;

/// <summary>One line of the chart: which factor, as measured or at reference oxygen, as reported or as derived.</summary>
internal readonly record struct CurveChannel(string Factor, bool Converted, bool Derived)
{
    public override string ToString() => $"{Factor}|{(Converted ? "zs" : "me")}|{(Derived ? "derived" : "reported")}";

    public static CurveChannel Parse(string text)
    {
        var parts = text.Split('|');
        return new(parts[0], parts.ElementAtOrDefault(1) is "zs", parts.ElementAtOrDefault(2) is "derived");
    }
}
