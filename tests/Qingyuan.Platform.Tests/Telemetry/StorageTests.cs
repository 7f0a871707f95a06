using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Platform.Tests.Engines;

namespace Qingyuan.Platform.Tests.Telemetry;

/// <summary>On files.</summary>
public sealed class SqliteStorageTests() : StorageTests(Engine.Sqlite);

/// <summary>On PostgreSQL.</summary>
public sealed class PostgresStorageTests() : StorageTests(Engine.Postgres);

/// <summary>How much room is taken, and for how long it lasts.</summary>
public abstract class StorageTests(Engine engine) : TelemetryTests(engine)
{
    [Fact]
    public async Task Room_taken_grows_and_the_days_left_follow_from_this_month()
    {
        await using var house = await OpenAsync();
        await house.StoreAsync(TelemetryHouse.Arrival(at: TelemetryHouse.Noon.AddDays(-20)), "first");
        var before = await house.Get<IStorageStatus>().NowAsync(TestContext.Current.CancellationToken);
        for (var i = 0; i < 50; i++) await house.StoreAsync(TelemetryHouse.Arrival(), Convert.ToBase64String(System.Security.Cryptography.RandomNumberGenerator.GetBytes(30_000)));

        var after = await house.Get<IStorageStatus>().NowAsync(TestContext.Current.CancellationToken);

        Assert.True(after.Bytes > before.Bytes + 1_000_000);
        Assert.InRange(after.BytesPerDay!.Value, after.Bytes / 23, after.Bytes / 19); // twenty days, and a little that belongs to no month
        if (after.Engine is "postgresql") Assert.Null(after.DaysLeft);
        else Assert.Equal(Math.Round(Math.Max(0, after.Free!.Value - after.Reserve!.Value) / (double)after.BytesPerDay.Value, 1), after.DaysLeft);
    }

    [Fact]
    public async Task Less_than_a_day_says_nothing_about_the_next()
    {
        await using var house = await OpenAsync();
        Assert.Null((await house.Get<IStorageStatus>().NowAsync(TestContext.Current.CancellationToken)).BytesPerDay);
        await house.StoreAsync(TelemetryHouse.Arrival(), "first");

        var status = await house.Get<IStorageStatus>().NowAsync(TestContext.Current.CancellationToken);

        Assert.True(status.Bytes > 0);
        Assert.Null(status.BytesPerDay);
        Assert.Null(status.DaysLeft);
    }
}
