// More classes than cores: many of them wait for a timer most of the time.
[assembly: Xunit.CollectionBehavior(MaxParallelThreads = 4)]
[assembly: Xunit.TestCollectionOrderer(typeof(TwinHub.Tests.Support.LongestFirst))]
