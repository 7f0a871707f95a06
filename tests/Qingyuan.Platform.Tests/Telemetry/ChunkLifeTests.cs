namespace Qingyuan.Platform.Tests.Telemetry;

/// <summary>Death in every phase of a chunk's life: opened, flushed, checkpointed, closed, opened again, made cold.</summary>
public class ChunkLifeTests
{
    [Fact]
    public Task Whenever_it_dies_all_acknowledged_frames_are_there_and_chunks_are_what_the_frames_say() => LiveAsync(1, 6);

    [Fact(Explicit = true)]
    public Task Thousands_of_lives() => LiveAsync(1000, 2000);

    private static async Task LiveAsync(int first, int count)
    {
        var lives = Enumerable.Range(first, count).Select(seed => new ChunkLife(seed)).ToList();
        await Parallel.ForEachAsync(lives, new ParallelOptions { MaxDegreeOfParallelism = 2, CancellationToken = TestContext.Current.CancellationToken }, async (life, _) => await life.LiveAsync());

        // A life without deaths proves nothing.
        Assert.True(lives.Sum(life => life.Deaths) > 2 * count, $"{lives.Sum(life => life.Deaths)} deaths");
        Assert.Contains(lives, life => life.Closed > 0);
        Assert.Contains(lives, life => life.ColdParts > 0);
    }
}
