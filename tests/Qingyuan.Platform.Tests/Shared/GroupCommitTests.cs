using Qingyuan.Platform.Shared.Persistence;

namespace Qingyuan.Platform.Tests.Shared;

public sealed class GroupCommitTests
{
    [Fact]
    public async Task What_comes_while_one_write_runs_is_written_together_and_in_order()
    {
        var (begun, goOn, groups) = (new TaskCompletionSource(), new TaskCompletionSource(), new List<int[]>());
        var commits = new GroupCommit<int, int>(
            async items =>
            {
                groups.Add([.. items]);
                begun.TrySetResult();
                await goOn.Task;
                return [.. items.Select(item => item * 10)];
            },
            most: 3);
        var first = commits.AddAsync(1);
        await begun.Task;
        var later = Enumerable.Range(2, 4).Select(commits.AddAsync).ToArray();
        goOn.SetResult();
        var results = await Task.WhenAll(later);
        Assert.Equal([20, 30, 40, 50], results);
        Assert.Equal(10, await first);
        Assert.Equal([[1], [2, 3, 4], [5]], groups);
    }

    [Fact]
    public async Task One_that_cannot_be_written_keeps_out_no_other()
    {
        var (begun, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        var commits = new GroupCommit<int, int>(
            async items =>
            {
                begun.TrySetResult();
                await goOn.Task;
                return items.Contains(3) ? throw new InvalidOperationException("three") : [.. items];
            },
            most: 10);
        var first = commits.AddAsync(1);
        await begun.Task;
        var (second, third, fourth) = (commits.AddAsync(2), commits.AddAsync(3), commits.AddAsync(4));
        goOn.SetResult();
        await Assert.ThrowsAsync<InvalidOperationException>(() => third);
        var written = await Task.WhenAll(first, second, fourth);
        Assert.Equal([1, 2, 4], written);
    }

    [Fact]
    public async Task While_the_store_is_away_everybody_hears_so_and_the_rest_is_not_tried()
    {
        var (begun, goOn, tries) = (new TaskCompletionSource(), new TaskCompletionSource(), 0);
        var commits = new GroupCommit<int, int>(
            async items =>
            {
                tries++;
                begun.TrySetResult();
                await goOn.Task;
                throw new IOException("away");
            },
            most: 100);
        var first = commits.AddAsync(0);
        await begun.Task;
        var others = Enumerable.Range(1, 50).Select(commits.AddAsync).ToArray();
        goOn.SetResult();
        foreach (var each in others.Append(first)) await Assert.ThrowsAsync<IOException>(() => each);
        Assert.Equal(1 + 1 + 3, tries);
    }
}
