using Xunit.Sdk;
using Xunit.v3;

namespace TwinHub.Tests.Support;

/// <summary>The collections of long runs begin first, so that none of them stands alone at the end; the others fill what is left.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(collection => collection.TestCollectionDisplayName switch { Soak.Patience => 0, Soak.Load => 1, _ => 2 })];
}
