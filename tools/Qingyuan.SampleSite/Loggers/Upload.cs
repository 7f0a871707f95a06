namespace Qingyuan.SampleSite.Loggers;

/// <summary>One upload that the logger owes the platform. Kept until it is acknowledged (2017) or sent (2005).</summary>
internal sealed record Upload(string Command, string Area, DateTime Made);
