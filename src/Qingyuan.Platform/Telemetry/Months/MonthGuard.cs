using Qingyuan.Platform.Telemetry.Cold;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Telemetry.Months;

/// <summary>A file held open in the cold folder: other processes on it wait too, and of several nodes only the one that serves works on months. It stays when nobody holds it: who removed it could remove the one that the next holds.</summary>
internal sealed class MonthGuard(ColdCatalogue catalogue) : IMonthGuard
{
    private string File => Path.Combine(catalogue.Folder, "months.tmp");

    public IDisposable? TryEnter()
    {
        Directory.CreateDirectory(catalogue.Folder);
        try
        {
            return new FileStream(File, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1);
        }
        catch (IOException) when (System.IO.File.Exists(File))
        {
            return null;
        }
    }
}
