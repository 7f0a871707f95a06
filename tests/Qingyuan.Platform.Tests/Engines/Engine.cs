namespace Qingyuan.Platform.Tests.Engines;

/// <summary>Every test of a relational slice runs on both.</summary>
public enum Engine
{
    Sqlite,
    Postgres,
}
