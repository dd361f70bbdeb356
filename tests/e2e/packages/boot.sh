#!/bin/sh
# boot.sh ROOT: becomes the first process of the system under ROOT. Run as process 1 of namespaces of its own (mounts,
# processes, network, cgroups); what it may do to the kernel that it shares is taken away first.
set -eu
root=$1
ip link set lo up
mount --make-rprivate /
mount --bind "$root" "$root"
cd "$root"
mount -t proc proc proc
mount --bind proc/sys proc/sys
mount -o remount,bind,ro proc/sys
mount -t sysfs -o ro sysfs sys
mount -t cgroup2 cgroup2 sys/fs/cgroup
mount -t tmpfs -o mode=755 tmpfs run
mount -t tmpfs -o mode=755 tmpfs dev
for device in null zero full random urandom tty; do
  touch "dev/$device"
  mount --bind "/dev/$device" "dev/$device"
done
mkdir dev/shm dev/pts
mount -t tmpfs tmpfs dev/shm
# PrivateDevices= takes it along.
mount -t devpts -o newinstance,ptmxmode=666 devpts dev/pts
ln -s pts/ptmx dev/ptmx
# Not chroot: systemd makes the services' own mounts from the root of the namespace.
pivot_root . mnt
cd /
umount -l mnt
exec env -i container=tintinh PATH=/usr/sbin:/usr/bin:/sbin:/bin \
  setpriv --bounding-set -sys_module,-sys_rawio,-sys_time,-sys_boot,-syslog,-mac_admin,-mac_override \
  /lib/systemd/systemd --unit=multi-user.target
