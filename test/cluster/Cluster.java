import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.apache.hadoop.hdfs.HdfsConfiguration;
import org.apache.hadoop.hdfs.server.datanode.DataNode;
import org.apache.hadoop.hdfs.server.namenode.NameNode;
import org.apache.hadoop.metrics2.lib.DefaultMetricsSystem;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.server.nodemanager.NodeManager;
import org.apache.hadoop.yarn.server.resourcemanager.ResourceManager;

/**
 * The real Hadoop daemons in one process, on fresh data, configured by the folder at the head of the class path.
 *
 * <p>Arguments: {@code hdfs READY_FILE} for NameNode and DataNode, {@code yarn READY_FILE} for ResourceManager
 * and NodeManager as well. READY_FILE appears once all of them take work. A daemon that fails to start ends the
 * process with status 1 and the reason on stderr.
 */
public final class Cluster {
  public static void main(String[] arguments) {
    boolean yarn = arguments[0].equals("yarn");
    Path readyFile = Path.of(arguments[1]);
    try {
      // The daemons register metrics sources of the same names, an error unless this mode is on.
      DefaultMetricsSystem.setMiniClusterMode(true);
      Callable<Boolean> hdfsReady = startHdfs();
      Callable<Boolean> yarnReady = yarn ? startYarn() : () -> true;
      while (!hdfsReady.call() || !yarnReady.call()) {
        Thread.sleep(50);
      }
      Files.createFile(readyFile);
      new CountDownLatch(1).await();
    } catch (Throwable failure) {
      failure.printStackTrace();
      Runtime.getRuntime().halt(1);
    }
  }

  private static Callable<Boolean> startHdfs() throws Exception {
    NameNode.format(new HdfsConfiguration());
    NameNode nameNode = NameNode.createNameNode(new String[0], new HdfsConfiguration());
    DataNode dataNode = DataNode.createDataNode(new String[0], new HdfsConfiguration());
    return () -> dataNode.isDatanodeFullyStarted() && !nameNode.isInSafeMode();
  }

  private static Callable<Boolean> startYarn() {
    ResourceManager resourceManager = new ResourceManager();
    resourceManager.init(new YarnConfiguration());
    resourceManager.start();
    NodeManager nodeManager = new NodeManager();
    nodeManager.init(new YarnConfiguration());
    nodeManager.start();
    return () -> resourceManager.getResourceScheduler().getNumClusterNodes() > 0;
  }
}
