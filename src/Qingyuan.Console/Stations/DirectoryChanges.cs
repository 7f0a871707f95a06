using Qingyuan.Platform.Stations.Contracts;

namespace Qingyuan.Console.Stations;

internal static class DirectoryChanges
{
    /// <summary>Calls <paramref name="onChange"/> each time the archive of stations changed, until disposed.</summary>
    public static IDisposable OnChange(this IStationDirectory directory, Func<Task> onChange) => new Listener(directory, onChange);

    private sealed class Listener : IDisposable
    {
        private readonly IStationDirectory _directory;
        private readonly Func<Task> _onChange;

        public Listener(IStationDirectory directory, Func<Task> onChange)
        {
            (_directory, _onChange) = (directory, onChange);
            directory.Changed += Tell;
        }

        public void Dispose() => _directory.Changed -= Tell;

        private void Tell(object? sender, EventArgs change) => _ = _onChange();
    }
}
