using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Platform.Operations.Contracts;

/// <summary>Opens work orders and takes them step by step to closure.</summary>
public interface IWorkOrders
{
    Task<Page<WorkOrderView>> ListAsync(WorkOrderQuery query, IReadOnlySet<int>? scope, CancellationToken ct);

    Task<WorkOrderView?> FindAsync(Guid id, CancellationToken ct);

    Task<Result<WorkOrderView>> OpenAsync(int stationNo, string kind, string title, string? technician, Actor actor, CancellationToken ct);

    /// <summary>Takes one step.</summary>
    /// <param name="act"><c>accept</c>, <c>arrive</c>, <c>diagnose</c>, <c>repair</c>, <c>test</c>, <c>submit</c>, <c>review</c>, <c>reject</c>, <c>close</c>, <c>reassign</c>, <c>cancel</c>.</param>
    /// <param name="fields">What the step records, such as <c>cause</c>, <c>part</c>, <c>result</c>, <c>note</c>.</param>
    /// <param name="id">Which order.</param>
    /// <param name="actor">Who.</param>
    /// <param name="ct">Cancels the wait, not the step.</param>
    Task<Result<WorkOrderView>> ActAsync(Guid id, string act, IReadOnlyDictionary<string, string> fields, Actor actor, CancellationToken ct);
}
